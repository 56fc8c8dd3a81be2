package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Range;
import dev.belfry.host.settings.AuthSettings.Guest;
import dev.belfry.host.settings.AuthSettings.Issuer;
import java.util.List;
import java.util.Optional;

/** The keys of {@code auth}. Belfry supports one provider, the guest. */
@Ignored({
    "autologout",
    "backstageTokenExpiration",
    "environment",
    "experimentalClientIdMetadataDocuments",
    "experimentalDynamicClientRegistration",
    "experimentalExtraAllowedOrigins",
    "identityTokenAlgorithm",
    "keyStore",
    "omitIdentityTokenOwnershipClaim",
    "providers.*",
    "refreshToken",
    "secret",
    "session"
})
record AuthKeys(
        List<Issuer> issuers,
        @Key("providers.guest") Optional<Guest> guest,
        Optional<Boolean> developmentTokens,
        @Default("60") @Range(max = 1_000_000) int failedCredentialsPerMinute) {

    AuthSettings settings(BackendKeys backend) {
        // Development is assumed while there is a guest and no issuer is configured.
        return new AuthSettings(
                issuers,
                backend.serviceKeys(),
                backend.externalAccess(),
                guest,
                developmentTokens.orElse(guest.isPresent() && issuers.isEmpty()),
                failedCredentialsPerMinute);
    }
}
