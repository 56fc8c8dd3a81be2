package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.Guest;
import dev.belfry.host.settings.AuthSettings.Issuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code auth}. Belfry has two providers, the guest and OpenID Connect. */
@Ignored({
    "autologout",
    "backstageTokenExpiration",
    "clientIdMetadataDocuments",
    "experimentalClientIdMetadataDocuments",
    "experimentalDynamicClientRegistration",
    "experimentalExtraAllowedOrigins",
    "experimentalRefreshToken",
    "identityTokenAlgorithm",
    "keyStore",
    "omitIdentityTokenOwnershipClaim",
    "refreshToken",
    "secret",
    "session",
    "staticClients"
})
@Unsupported(
        value = "providers.*",
        instead =
                "has no effect: Belfry signs in by the providers oidc and guest, and accepts the tokens of auth.issuers; to"
                        + " accept tokens of a Backstage, set auth.issuers to its /api/auth")
@Unsupported(
        value = "dangerouslyAllowSignInWithoutUserInCatalog",
        instead = "has no effect: a user must be in the catalog")
record AuthKeys(
        List<Issuer> issuers,
        @Default("development") String environment,
        @Key("providers.guest") Optional<Guest> guest,
        @Key("providers.oidc") Map<String, OidcKeys> oidc,
        Optional<Boolean> developmentTokens,
        @Default("60") @Range(max = 1_000_000) int failedCredentialsPerMinute)
        implements Checked {

    @Override
    public void check(Checks checks) {
        OidcKeys used = oidc.get(environment);
        if (used != null) {
            used.checkUse(checks, "providers.oidc." + environment);
        } else if (!oidc.isEmpty()) {
            checks.warn(
                    "providers.oidc",
                    "has no effect: it has no entry '" + environment + "', which auth.environment selects, but "
                            + String.join(", ", oidc.keySet()));
        }
    }

    /** The provider of the environment; empty if nobody could sign in. */
    Optional<OidcSettings> usableOidc() {
        return Optional.ofNullable(oidc.get(environment)).flatMap(OidcKeys::settings);
    }

    AuthSettings settings(BackendKeys backend) {
        // Development is assumed while there is a guest and no issuer is configured.
        return new AuthSettings(
                issuers,
                backend.serviceKeys().stream().filter(Base64Key::isLongEnough).toList(),
                backend.externalAccess().stream()
                        .filter(ExternalAccess::isUsable)
                        .toList(),
                guest,
                usableOidc().filter(_ -> backend.protectsCookies()),
                developmentTokens.orElse(guest.isPresent() && issuers.isEmpty()),
                failedCredentialsPerMinute);
    }
}
