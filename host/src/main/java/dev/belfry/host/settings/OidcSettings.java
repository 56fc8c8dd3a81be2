package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code auth.providers.oidc.<environment>}: an OpenID provider.
 *
 * @param title of the button
 * @param metadataUrl address of the provider's metadata (OpenID Connect Discovery, section 4)
 * @param scopes in addition to {@code openid}, {@code profile} and {@code email}
 * @param prompt the parameter {@code prompt} of the authentication request
 * @param callbackUrl empty = below {@code backend.baseUrl}
 * @param secretInBody whether the client's secret is a parameter of token requests, and not their Authorization header
 * @param algorithms of ID tokens
 * @param timeout of each request to the provider
 * @param resolvers tried in this order
 * @param sessionDuration how long a session lasts at most
 */
public record OidcSettings(
        String title,
        URI metadataUrl,
        String clientId,
        Secret clientSecret,
        List<String> scopes,
        Optional<String> prompt,
        Optional<URI> callbackUrl,
        boolean secretInBody,
        List<String> algorithms,
        Duration timeout,
        List<Resolver> resolvers,
        Optional<Duration> sessionDuration) {

    /** How a provider's user becomes a user of the catalog; the names are Backstage's. */
    public enum Rule {
        EMAIL("emailMatchingUserEntityProfileEmail"),
        EMAIL_LOCAL_PART("emailLocalPartMatchingUserEntityName"),
        PREFERRED_USERNAME("preferredUsernameMatchingUserEntityName"),
        KEYCLOAK_ID("oidcSubClaimMatchingKeycloakUserId");

        private final String configName;

        Rule(String configName) {
            this.configName = configName;
        }

        public String configName() {
            return configName;
        }
    }

    /** @param domains of e-mail addresses; empty = all */
    public record Resolver(Rule rule, Set<String> domains) {}
}
