package dev.belfry.host.config;

import dev.belfry.api.Secret;
import dev.belfry.host.config.AuthSettings.ExternalAccess;
import dev.belfry.host.config.AuthSettings.Guest;
import dev.belfry.host.config.AuthSettings.Issuer;
import dev.belfry.host.config.AuthSettings.JwksSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code auth} and {@code backend.auth}. */
final class AuthReader {

    private static final int MAX_FAILURES = 1_000_000;

    private AuthReader() {}

    static AuthSettings read(Section auth, Section backend) {
        Optional<Guest> guest = GuestReader.read(auth);
        List<Issuer> issuers = new ArrayList<>();
        for (Section issuer : auth.sections("issuers")) {
            try (issuer) {
                issuer(issuer).ifPresent(issuers::add);
            }
        }
        // Development is assumed while there is a guest and no issuer is configured.
        boolean developmentTokens = auth.flag("developmentTokens").orElse(guest.isPresent() && issuers.isEmpty());
        int failures = auth.number("failedCredentialsPerMinute", 0, MAX_FAILURES)
                .map(Long::intValue)
                .orElse(AuthSettings.DEFAULT_FAILURES);
        ignoreMeaningless(auth);
        List<Secret> keys = new ArrayList<>();
        List<ExternalAccess> external = new ArrayList<>();
        try (Section backendAuth = backend.section("auth")) {
            for (Section key : backendAuth.sections("keys")) {
                try (key) {
                    CredentialKeys.secret(key).ifPresent(keys::add);
                }
            }
            for (Section access : backendAuth.sections("externalAccess")) {
                try (access) {
                    ExternalAccessReader.read(access).ifPresent(external::add);
                }
            }
            backendAuth.ignore("dangerouslyDisableDefaultAuthPolicy", "pluginKeyStore");
        }
        return new AuthSettings(issuers, keys, external, guest, developmentTokens, failures);
    }

    private static void ignoreMeaningless(Section auth) {
        auth.ignore(
                "environment",
                "session",
                "autologout",
                "experimentalExtraAllowedOrigins",
                "keyStore",
                "backstageTokenExpiration",
                "omitIdentityTokenOwnershipClaim",
                "experimentalClientIdMetadataDocuments",
                "experimentalDynamicClientRegistration",
                "identityTokenAlgorithm",
                "refreshToken",
                "secret");
    }

    private static Optional<Issuer> issuer(Section section) {
        Optional<String> name = section.required("issuer");
        List<String> audience = section.words("audience");
        if (audience.isEmpty()) {
            section.problem("audience", "is missing: name the audience that tokens of this issuer must have");
        }
        List<String> algorithms = CredentialKeys.algorithms(section, "algorithms");
        Optional<JwksSource> jwks = section.required("jwks").flatMap(text -> jwks(section, text));
        return name.isPresent() && jwks.isPresent()
                ? Optional.of(new Issuer(name.get(), audience, jwks.get(), algorithms))
                : Optional.empty();
    }

    private static Optional<JwksSource> jwks(Section section, String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return CredentialKeys.address(section, "jwks", text).map(JwksSource.Url::new);
        }
        return section.file("jwks").map(JwksSource.File::new);
    }
}
