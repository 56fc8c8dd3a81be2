package dev.belfry.host.config;

import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.catalog.EntityRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom the host believes.
 *
 * @param issuers {@code auth.issuers[]}: who signs user tokens
 * @param serviceKeys {@code backend.auth.keys[].secret}: keys that sign service tokens
 * @param externalAccess {@code backend.auth.externalAccess[]}
 * @param guest {@code auth.providers.guest}: present when requests without credentials are a guest's
 * @param developmentTokens {@code auth.developmentTokens}: tokens of the data directory's own key are believed
 * @param failedCredentialsPerMinute {@code auth.failedCredentialsPerMinute}: how often credentials of one client address may fail;
 *     0 = no limit
 */
public record AuthSettings(
        List<Issuer> issuers,
        List<Secret> serviceKeys,
        List<ExternalAccess> externalAccess,
        Optional<Guest> guest,
        boolean developmentTokens,
        int failedCredentialsPerMinute) {

    public static final int DEFAULT_FAILURES = 60;

    /** Bytes that no log shows. */
    public record Secret(byte[] bytes) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /** @param algorithms names of RFC 7518, such as {@code ES256} */
    public record Issuer(String issuer, List<String> audience, JwksSource jwks, List<String> algorithms) {}

    /** Where public keys come from. */
    public sealed interface JwksSource {
        record Url(URI url) implements JwksSource {}

        record File(Path file) implements JwksSource {}
    }

    /** A caller from outside. */
    public sealed interface ExternalAccess {
        List<AccessRestriction> restrictions();

        /** {@code type: static}: the token itself is the secret. */
        record StaticToken(Secret token, String subject, List<AccessRestriction> restrictions)
                implements ExternalAccess {}

        /** {@code type: legacy}: tokens signed HS256 with a secret of the caller's own. */
        record Legacy(Secret key, String subject, List<AccessRestriction> restrictions) implements ExternalAccess {}

        /** {@code type: jwks}: tokens signed by someone else. */
        record Jwks(
                URI url,
                List<String> issuers,
                List<String> audiences,
                List<String> algorithms,
                Optional<String> subjectPrefix,
                List<AccessRestriction> restrictions)
                implements ExternalAccess {}
    }

    /** @param outsideDevelopment {@code dangerouslyAllowOutsideDevelopment} */
    public record Guest(EntityRef user, boolean outsideDevelopment) {}
}
