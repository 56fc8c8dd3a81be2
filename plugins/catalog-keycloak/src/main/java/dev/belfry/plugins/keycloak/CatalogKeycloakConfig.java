package dev.belfry.plugins.keycloak;

import dev.belfry.api.ConfigurationWarnings;
import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.Schedule;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code catalog-keycloak} of the configuration.
 *
 * @param baseUrl of the server, with {@code /auth} if the server has that path
 * @param realm whose users and groups are read; default {@code master}
 * @param loginRealm of the client; default {@code realm}
 * @param clientId of a client with a service account
 * @param userQuerySize users in one response; default 100
 * @param groupQuerySize groups and members in one response; default 100
 * @param namespace of all users and groups; default {@code default}
 * @param username accepted, as in Backstage; the client logs in
 * @param password accepted, as in Backstage; the client logs in
 * @param maxConcurrency accepted, as in Backstage; there is one request at a time
 * @param briefRepresentation accepted, as in Backstage; not used
 */
public record CatalogKeycloakConfig(
        URI baseUrl,
        @Nullable String realm,
        @Nullable String loginRealm,
        String clientId,
        Secret clientSecret,
        @Nullable Integer userQuerySize,
        @Nullable Integer groupQuerySize,
        @Nullable String namespace,
        @Nullable Schedule schedule,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable Integer maxConcurrency,
        @Nullable Boolean briefRepresentation)
        implements ConfigurationWarnings {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 10_000;
    private static final String DEFAULT_REALM = "master";
    private static final String NO_USER =
            "has no effect: Belfry logs in with clientId and clientSecret, as the service account of that client";

    public CatalogKeycloakConfig {
        String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http")) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("baseUrl must have the form https://host, not " + baseUrl);
        }
        requireSize("userQuerySize", userQuerySize);
        requireSize("groupQuerySize", groupQuerySize);
    }

    private static void requireSize(String key, @Nullable Integer size) {
        if (size != null && (size < 1 || size > MAX_SIZE)) {
            throw new IllegalArgumentException(key + " must be 1 to " + MAX_SIZE + ", not " + size);
        }
    }

    @Override
    public Map<String, String> warnings() {
        Map<String, String> warnings = new LinkedHashMap<>();
        if ("http".equalsIgnoreCase(baseUrl.getScheme())) {
            warnings.put("baseUrl", "the client's secret is sent without encryption. Write https");
        }
        if (username != null) {
            warnings.put("username", NO_USER);
        }
        if (password != null) {
            warnings.put("password", NO_USER);
        }
        return warnings;
    }

    /** Without a slash at the end. */
    String base() {
        return baseUrl.toString().replaceAll("/+$", "");
    }

    String realmOrDefault() {
        return realm == null ? DEFAULT_REALM : realm;
    }

    String loginRealmOrDefault() {
        return loginRealm == null ? realmOrDefault() : loginRealm;
    }

    int userPage() {
        return userQuerySize == null ? DEFAULT_SIZE : userQuerySize;
    }

    int groupPage() {
        return groupQuerySize == null ? DEFAULT_SIZE : groupQuerySize;
    }

    String namespaceOrDefault() {
        return namespace == null ? EntityRef.DEFAULT_NAMESPACE : namespace;
    }

    Schedule scheduleOrDefault() {
        return schedule == null ? Schedule.DEFAULT : schedule;
    }
}
