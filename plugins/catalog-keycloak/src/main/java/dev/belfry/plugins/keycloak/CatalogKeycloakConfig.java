package dev.belfry.plugins.keycloak;

import dev.belfry.api.ConfigurationWarnings;
import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.Schedule;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code catalog-keycloak} of the configuration.
 *
 * @param baseUrl of the server, with {@code /auth} if the server has that path
 * @param realm whose users and groups are read; default {@code master}
 * @param loginRealm of the client; default {@code realm}
 * @param clientId of a client with a service account, or of the client for the login of {@code username}; then it is {@code admin-cli}
 *     by default
 * @param clientSecret required without {@code username}
 * @param userQuerySize users in one response; default 100
 * @param groupQuerySize groups and members in one response; default 100
 * @param namespace of all users and groups; default {@code default}
 * @param username of a user that logs in in place of the client's service account
 * @param password required with {@code username}
 * @param maxConcurrency accepted, as in Backstage; there is one request at a time
 * @param briefRepresentation accepted, as in Backstage; not used
 */
public record CatalogKeycloakConfig(
        URI baseUrl,
        @Nullable String realm,
        @Nullable String loginRealm,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
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
    /** Keycloak has this public client in each realm. */
    private static final String DEFAULT_CLIENT = "admin-cli";

    public CatalogKeycloakConfig {
        String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http")) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("baseUrl must have the form https://host, not " + baseUrl);
        }
        requireSize("userQuerySize", userQuerySize);
        requireSize("groupQuerySize", groupQuerySize);
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("username and password must both be set, or none of them");
        }
        if (username == null && (clientId == null || clientSecret == null)) {
            throw new IllegalArgumentException("clientId and clientSecret are required, or username and password");
        }
    }

    private static void requireSize(String key, @Nullable Integer size) {
        if (size != null && (size < 1 || size > MAX_SIZE)) {
            throw new IllegalArgumentException(key + " must be 1 to " + MAX_SIZE + ", not " + size);
        }
    }

    @Override
    public Map<String, String> warnings() {
        return "http".equalsIgnoreCase(baseUrl.getScheme())
                ? Map.of(
                        "baseUrl",
                        (username == null ? "the client's secret" : "the user's password")
                                + " is sent without encryption. Write https")
                : Map.of();
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

    String clientIdOrDefault() {
        return clientId == null ? DEFAULT_CLIENT : clientId;
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
