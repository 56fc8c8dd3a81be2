package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.Guest;
import dev.belfry.host.settings.AuthSettings.Issuer;
import java.util.List;
import java.util.Optional;

/** The keys of {@code auth}. Belfry supports one provider, the guest. */
@Ignored({
    "autologout",
    "backstageTokenExpiration",
    "environment",
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
        instead = "has no effect: Belfry has no sign-in of its own and accepts the tokens of auth.issuers; to accept"
                + " those of a Backstage, set auth.issuers to its /api/auth")
@Unsupported(
        value = "dangerouslyAllowSignInWithoutUserInCatalog",
        instead = "has no effect: a user must be in the catalog")
record AuthKeys(
        List<Issuer> issuers,
        @Key("providers.guest") Optional<Guest> guest,
        Optional<Boolean> developmentTokens,
        @Default("60") @Range(max = 1_000_000) int failedCredentialsPerMinute) {

    AuthSettings settings(BackendKeys backend) {
        // Development is assumed while there is a guest and no issuer is configured.
        return new AuthSettings(
                issuers,
                backend.serviceKeys().stream().filter(Base64Key::isLongEnough).toList(),
                backend.externalAccess().stream()
                        .filter(ExternalAccess::isUsable)
                        .toList(),
                guest,
                developmentTokens.orElse(guest.isPresent() && issuers.isEmpty()),
                failedCredentialsPerMinute);
    }
}
