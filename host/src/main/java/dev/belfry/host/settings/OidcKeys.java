package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.config.Via;
import dev.belfry.host.config.Words;
import dev.belfry.host.settings.OidcSettings.Resolver;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of {@code auth.providers.oidc.<environment>}, as Backstage's OIDC provider reads them. Resolvers are checked
 * only for the environment that is in use: the sections of other environments may refer to variables that are not set, and stop no start.
 */
@Unsupported(value = "startUrlSearchParams", instead = "has no effect: Belfry adds no parameters of its own")
@Unsupported(
        value = "signIn.dangerouslyAllowSignInWithoutUserInCatalog",
        instead = "has no effect: a user must be in the catalog",
        onlyIfTrue = true)
record OidcKeys(
        @Default("OpenID Connect") String title,
        @Via(HttpAddress.class) Optional<URI> metadataUrl,
        Optional<String> clientId,
        Optional<Secret> clientSecret,
        @Words List<String> additionalScopes,
        Optional<String> prompt,
        @Via(HttpAddress.class) Optional<URI> callbackUrl,

        @Default("client_secret_basic") @Via(TokenEndpointAuthMethod.class)
        Boolean tokenEndpointAuthMethod,

        @Via(AlgorithmName.class) Optional<String> tokenSignedResponseAlg,

        @Default("PT10S") @DurationRange(min = "PT0.1S", max = "PT60S")
        Duration timeout,

        @Key("signIn.resolvers") List<ResolverKeys> resolvers,

        @DurationRange(min = "PT1M", max = "P365D") Optional<Duration> sessionDuration) {

    private static final String RULES = Rules.names();

    /** @param name see {@link OidcSettings.Rule} */
    @Unsupported(
            value = "dangerousEntityRefFallback",
            instead = "has no effect: a user must be in the catalog; list another resolver")
    @Unsupported(
            value = "dangerouslyAllowSignInWithoutUserInCatalog",
            instead = "has no effect: a user must be in the catalog",
            onlyIfTrue = true)
    record ResolverKeys(@Key("resolver") String name, @Words Set<String> allowedDomains) {}

    /** The rules by name. */
    private static final class Rules {
        private static String names() {
            return String.join(
                    ", ",
                    Arrays.stream(OidcSettings.Rule.values())
                            .map(OidcSettings.Rule::configName)
                            .toList());
        }

        private static Optional<OidcSettings.Rule> named(String name) {
            return Arrays.stream(OidcSettings.Rule.values())
                    .filter(rule -> rule.configName().equals(name))
                    .findFirst();
        }
    }

    /**
     * Reports what keeps users from signing in in the environment in use. A provider that is listed for the case that its variables
     * are set is no fault.
     */
    void checkUse(Checks checks, String key) {
        require(checks, key + ".metadataUrl", metadataUrl);
        require(checks, key + ".clientId", clientId);
        require(checks, key + ".clientSecret", clientSecret);
        if (!isComplete()) {
            return;
        }
        if (resolvers.isEmpty()) {
            checks.warn(
                    key,
                    "nobody can sign in by OpenID Connect: name in signIn.resolvers how a provider's user becomes a user of"
                            + " the catalog: " + RULES);
        }
        for (int i = 0; i < resolvers.size(); i++) {
            checkResolver(checks, key + ".signIn.resolvers[" + i + "].resolver", resolvers.get(i));
        }
    }

    private boolean isComplete() {
        return metadataUrl.isPresent() && clientId.isPresent() && clientSecret.isPresent();
    }

    private static void checkResolver(Checks checks, String key, ResolverKeys resolver) {
        Optional<OidcSettings.Rule> rule = Rules.named(resolver.name());
        if (rule.isEmpty()) {
            checks.fault(key, "must be one of " + RULES + ", and is '" + resolver.name() + "'");
        } else if (rule.get() == OidcSettings.Rule.EMAIL_LOCAL_PART
                && resolver.allowedDomains().isEmpty()) {
            checks.warn(
                    key,
                    "takes e-mail addresses of every domain: everybody with an account ada@anywhere at the provider is"
                            + " the user ada here; name your domains in allowedDomains");
        }
    }

    private static void require(Checks checks, String key, Optional<?> value) {
        if (value.isEmpty()) {
            checks.warn(key, "is required, and missing: nobody can sign in by OpenID Connect");
        }
    }

    /** @return empty if nobody could sign in */
    Optional<OidcSettings> settings() {
        if (!isComplete() || resolvers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                title,
                metadataUrl.get(),
                clientId.get(),
                clientSecret.get(),
                additionalScopes,
                prompt.filter(text -> !text.equals("auto")),
                callbackUrl,
                tokenEndpointAuthMethod,
                tokenSignedResponseAlg.map(List::of).orElse(List.of(AlgorithmName.DEFAULTS.split(", "))),
                timeout,
                resolvers.stream().flatMap(resolver -> rule(resolver).stream()).toList(),
                sessionDuration));
    }

    private static Optional<Resolver> rule(ResolverKeys resolver) {
        return Rules.named(resolver.name()).map(rule -> new Resolver(rule, resolver.allowedDomains()));
    }
}
