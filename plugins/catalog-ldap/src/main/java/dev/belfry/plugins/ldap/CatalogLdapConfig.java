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
 */
public record CatalogLdapConfig(
        URI target,
        @Nullable Bind bind,
        @Nullable Tls tls,
        List<UserSearch> users,
        List<GroupSearch> groups,
        @Nullable String namespace,
        @Nullable Schedule schedule)
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
     */
    public record Tls(@Nullable Boolean startTls, @Nullable Path ca) {}

    /**
     * A search for users.
     *
     * @param dn the base of the search
     */
    public record UserSearch(
            String dn,
            @Nullable SearchOptions options,
            @Nullable UserMap map) {}

    /**
     * A search for groups.
     *
     * @param dn the base of the search
     */
    public record GroupSearch(
            String dn,
            @Nullable SearchOptions options,
            @Nullable GroupMap map) {}

    /**
     * The attributes of a user.
     *
     * @param rdn accepted, as in Backstage; users are identified by their DN
     */
    public record UserMap(
            @Nullable String rdn,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String email,
            @Nullable String memberOf) {

        static final UserMap DEFAULT = new UserMap(null, null, null, null, null);

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
     * @param description accepted, as in Backstage; not used
     * @param members DNs or names of users
     */
    public record GroupMap(
            @Nullable String rdn,
            @Nullable String name,
            @Nullable String description,
            @Nullable String displayName,
            @Nullable String memberOf,
            @Nullable String members) {

        static final GroupMap DEFAULT = new GroupMap(null, null, null, null, null, null);

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
