package dev.belfry.host.bells;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;

/** Its package, when exported, refers to classes that dependents cannot see. */
public final class TellingTowerPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.logger().info("{}", org.jooq.SQLDialect.SQLITE);
    }
}
