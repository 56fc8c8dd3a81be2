package dev.belfry.plugins.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.plugins.directory.Directory;
import dev.belfry.plugins.directory.EntityCollector;
import dev.belfry.plugins.directory.LeftOutLog;
import dev.belfry.plugins.directory.ReadDeadline;
import dev.belfry.plugins.ldap.CatalogLdapConfig.GroupMap;
import dev.belfry.plugins.ldap.CatalogLdapConfig.GroupSearch;
import dev.belfry.plugins.ldap.CatalogLdapConfig.UserMap;
import dev.belfry.plugins.ldap.CatalogLdapConfig.UserSearch;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads users and groups; their distinguished names identify them. */
final class LdapDirectory implements Directory {

    private final CatalogLdapConfig config;
    private final LdapConnections connections;
    private final LeftOutLog leftOut;

    LdapDirectory(CatalogLdapConfig config, LeftOutLog leftOut) {
        this.config = config;
        this.connections = new LdapConnections(config);
        this.leftOut = leftOut;
    }

    @Override
    public List<CatalogEntity> read() throws Exception {
        ReadDeadline deadline = ReadDeadline.after(config.scheduleOrDefault().timeoutOrDefault());
        try (LDAPConnection connection = connections.open()) {
            Reading reading = new Reading(new LdapSearch(connection, deadline), config.namespaceOrDefault());
            for (UserSearch users : config.users()) {
                UserMap map = users.map() == null ? UserMap.DEFAULT : users.map();
                reading.read(users.dn(), optionsOr(users.options()), map.entries());
            }
            for (GroupSearch groups : config.groups()) {
                GroupMap map = groups.map() == null ? GroupMap.DEFAULT : groups.map();
                reading.read(groups.dn(), optionsOr(groups.options()), map.entries());
            }
            leftOut.report(reading.collector.warnings());
            return reading.collector.entities();
        } catch (LDAPException e) {
            throw LdapFailure.of(config, e);
        }
    }

    private static SearchOptions optionsOr(@Nullable SearchOptions options) {
        return options == null ? SearchOptions.DEFAULT : options;
    }

    /** One read. */
    private static final class Reading {

        private final LdapSearch search;
        private final EntityCollector<String> collector;

        /** Some groups name their members by {@code memberUid}, not by DN. */
        private final Map<String, String> usersByName = new HashMap<>();

        Reading(LdapSearch search, String namespace) {
            this.search = search;
            this.collector = new EntityCollector<>(namespace);
        }

        void read(String dn, SearchOptions options, EntryMap map) throws Exception {
            for (SearchResultEntry entry : search.entries(dn, options, map.attributes())) {
                read(entry, map);
            }
        }

        private void read(SearchResultEntry entry, EntryMap map) throws Exception {
            String key = DN.normalize(entry.getDN());
            String name = entry.getAttributeValue(map.name());
            if (name == null) {
                collector.leaveOut(
                        key,
                        "it has no attribute '" + map.name() + "'. Write the attribute with the name of a " + map.kind()
                                + " to " + map.kind() + "s[].map.name");
                return;
            }
            collector.add(key, map.kind(), name, valueOf(entry, map.displayName()), valueOf(entry, map.email()));
            if (map.members().isEmpty()) {
                usersByName.putIfAbsent(name.toLowerCase(Locale.ROOT), key);
            }
            for (String group : search.values(entry, map.memberOf())) {
                keyOf(group).ifPresent(known -> collector.addMembership(key, known));
            }
            for (String member : search.values(entry, map.members())) {
                keyOf(member).ifPresent(known -> collector.addMembership(known, key));
            }
        }

        private static @Nullable String valueOf(SearchResultEntry entry, String attribute) {
            return attribute.isEmpty() ? null : entry.getAttributeValue(attribute);
        }

        private Optional<String> keyOf(String value) throws LDAPException {
            return DN.isValidDN(value)
                    ? Optional.of(DN.normalize(value))
                    : Optional.ofNullable(usersByName.get(value.toLowerCase(Locale.ROOT)));
        }
    }
}
