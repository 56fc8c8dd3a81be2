package dev.belfry.plugins.ldap;

import dev.belfry.api.ConfigurationWarnings;
import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.Schedule;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code catalog-ldap} of the configuration, with the keys of Backstage's {@code catalog.providers.ldapOrg}.
 *
 * @param target {@code ldaps://host[:port]} or {@code ldap://host[:port]}
 * @param bind null = anonymous
 * @param users where users are; at least one
 * @param groups where groups are
 * @param namespace of all users and groups; default {@code default}
 * @param vendor accepted, as in Backstage; not used
 */
public record CatalogLdapConfig(
        URI target,
        @Nullable Bind bind,
        @Nullable Tls tls,
        List<UserSearch> users,
        List<GroupSearch> groups,
        @Nullable String namespace,
        @Nullable Schedule schedule,
        @Nullable Object vendor)
        implements ConfigurationWarnings {

    public CatalogLdapConfig {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("ldap") && !scheme.equals("ldaps")) || target.getHost() == null) {
            throw new IllegalArgumentException("target must have the form ldaps://host or ldap://host, not " + target);
        }
        if (users.isEmpty()) {
            throw new IllegalArgumentException("users must have at least one element");
        }
    }

    /** A simple bind. */
    public record Bind(String dn, Secret secret) {}

    /**
     * How the connection is encrypted.
     *
     * @param startTls with a target of ldap: whether the connection is encrypted before the bind
     * @param ca file with certificates (PEM) that are trusted; null = Java's trust store
     * @param rejectUnauthorized accepted, as in Backstage; certificates are always verified
     * @param keys accepted, as in Backstage; not used
     * @param certs accepted, as in Backstage; not used
     */
    public record Tls(
            @Nullable Boolean startTls,
            @Nullable Path ca,
            @Nullable Boolean rejectUnauthorized,
            @Nullable String keys,
            @Nullable String certs)
            implements ConfigurationWarnings {

        private static final String NO_CLIENT_CERTIFICATE =
                "has no effect: Belfry sends no client certificate. It authenticates by bind";

        Tls(@Nullable Boolean startTls, @Nullable Path ca) {
            this(startTls, ca, null, null, null);
        }

        @Override
        public Map<String, String> warnings() {
            Map<String, String> warnings = new LinkedHashMap<>();
            if (Boolean.FALSE.equals(rejectUnauthorized)) {
                warnings.put(
                        "rejectUnauthorized",
                        "has no effect: the certificate of the directory is always verified. If it comes from your own"
                                + " authority, write the file with the authority's certificate (PEM) to ca");
            }
            if (keys != null) {
                warnings.put("keys", NO_CLIENT_CERTIFICATE);
            }
            if (certs != null) {
                warnings.put("certs", NO_CLIENT_CERTIFICATE);
            }
            return warnings;
        }
    }

    /**
     * A search for users.
     *
     * @param dn the base of the search
     * @param set accepted, as in Backstage; not used
     */
    public record UserSearch(
            String dn,
            @Nullable SearchOptions options,
            @Nullable UserMap map,
            @Nullable Object set) implements ConfigurationWarnings {

        UserSearch(String dn, @Nullable SearchOptions options, @Nullable UserMap map) {
            this(dn, options, map, null);
        }

        @Override
        public Map<String, String> warnings() {
            return warningsOfSet(set);
        }
    }

    /**
     * A search for groups.
     *
     * @param dn the base of the search
     * @param set accepted, as in Backstage; not used
     */
    public record GroupSearch(
            String dn,
            @Nullable SearchOptions options,
            @Nullable GroupMap map,
            @Nullable Object set) implements ConfigurationWarnings {

        GroupSearch(String dn, @Nullable SearchOptions options, @Nullable GroupMap map) {
            this(dn, options, map, null);
        }

        @Override
        public Map<String, String> warnings() {
            return warningsOfSet(set);
        }
    }

    private static Map<String, String> warningsOfSet(@Nullable Object set) {
        return set == null
                ? Map.of()
                : Map.of(
                        "set",
                        "has no effect: the catalog has only the names, e-mail addresses and memberships of the directory."
                                + " For another namespace, write catalog-ldap.namespace");
    }

    /**
     * The attributes of a user.
     *
     * @param rdn accepted, as in Backstage; users are identified by their DN
     * @param description accepted, as in Backstage; not used
     * @param picture accepted, as in Backstage; not used
     */
    public record UserMap(
            @Nullable String rdn,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String email,
            @Nullable String memberOf,
            @Nullable String description,
            @Nullable String picture) {

        static final UserMap DEFAULT = new UserMap(null, null, null, null, null, null, null);

        EntryMap entries() {
            return new EntryMap(
                    EntityRef.USER,
                    or(name, "uid"),
                    or(displayName, "cn"),
                    or(email, "mail"),
                    or(memberOf, "memberOf"),
                    "");
        }
    }

    /**
     * The attributes of a group.
     *
     * @param rdn accepted, as in Backstage; groups are identified by their DN
     * @param members DNs or names of users
     * @param description accepted, as in Backstage; not used
     * @param type accepted, as in Backstage; not used
     * @param email accepted, as in Backstage; not used
     * @param picture accepted, as in Backstage; not used
     */
    public record GroupMap(
            @Nullable String rdn,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String memberOf,
            @Nullable String members,
            @Nullable String description,
            @Nullable String type,
            @Nullable String email,
            @Nullable String picture) {

        static final GroupMap DEFAULT = new GroupMap(null, null, null, null, null, null, null, null, null);

        EntryMap entries() {
            return new EntryMap(
                    EntityRef.GROUP,
                    or(name, "cn"),
                    or(displayName, "cn"),
                    "",
                    or(memberOf, "memberOf"),
                    or(members, "member"));
        }
    }

    private static String or(@Nullable String attribute, String byDefault) {
        return attribute == null ? byDefault : attribute;
    }

    @Override
    public Map<String, String> warnings() {
        boolean encrypted = "ldaps".equalsIgnoreCase(target.getScheme()) || startTls();
        Map<String, String> warnings = new LinkedHashMap<>();
        if (bind != null && !encrypted) {
            warnings.put(
                    "target", "the password of the bind is sent without encryption. Write ldaps, or set tls.startTls");
        }
        if (ca() instanceof Path file) {
            CaFile.problem(file)
                    .ifPresent(problem ->
                            warnings.put("tls.ca", problem + ". The directory cannot be read until that is corrected"));
        }
        if (vendor != null) {
            warnings.put("vendor", "has no effect: entries are identified by the DN that the directory returns");
        }
        return warnings;
    }

    @Nullable
    Path ca() {
        return tls == null ? null : tls.ca();
    }

    boolean startTls() {
        return tls != null && Boolean.TRUE.equals(tls.startTls());
    }

    Schedule scheduleOrDefault() {
        return schedule == null ? Schedule.DEFAULT : schedule;
    }

    String namespaceOrDefault() {
        return namespace == null ? EntityRef.DEFAULT_NAMESPACE : namespace;
    }
}
