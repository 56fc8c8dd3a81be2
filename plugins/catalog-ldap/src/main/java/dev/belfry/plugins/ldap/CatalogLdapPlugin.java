package dev.belfry.plugins.ldap;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.plugins.directory.DirectorySync;
import dev.belfry.plugins.directory.LeftOutLog;
import java.sql.SQLException;

/** Publishes the users and groups of an LDAP directory. */
public final class CatalogLdapPlugin implements Plugin {

    @Override
    public void start(PluginContext context) throws SQLException {
        CatalogLdapConfig config = context.config(CatalogLdapConfig.class);
        LdapDirectory directory = new LdapDirectory(config, new LeftOutLog(context.logger()));
        DirectorySync.start(context, directory, config.scheduleOrDefault().frequencyOrDefault());
    }
}
