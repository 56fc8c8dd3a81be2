package dev.belfry.host.config;

import dev.belfry.api.Secret;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.catalog.EntityRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code auth} and {@code backend.auth}: which credentials are accepted.
 *
 * @param issuers {@code auth.issuers[]}: issuers of user tokens
 * @param serviceKeys {@code backend.auth.keys[].secret}: keys that sign service tokens
 * @param externalAccess {@code backend.auth.externalAccess[]}
 * @param guest {@code auth.providers.guest}: the caller of requests without credentials; empty when guest access is off
 * @param developmentTokens {@code auth.developmentTokens}: whether tokens of the data directory's key are accepted
 * @param failedCredentialsPerMinute {@code auth.failedCredentialsPerMinute}: failures per client address; 0 = no limit
 */
public record AuthSettings(
        List<Issuer> issuers,
        List<Secret> serviceKeys,
        List<ExternalAccess> externalAccess,
        Optional<Guest> guest,
        boolean developmentTokens,
        int failedCredentialsPerMinute) {

    public static final int DEFAULT_FAILURES = 60;

    /** @param algorithms names from RFC 7518, such as {@code ES256} */
    public record Issuer(String issuer, List<String> audience, JwksSource jwks, List<String> algorithms) {}

    /** The source of public keys. */
    public sealed interface JwksSource {
        record Url(URI url) implements JwksSource {}

        record File(Path file) implements JwksSource {}
    }

    /** A caller outside of the Backstage instance. */
    public sealed interface ExternalAccess {
        List<AccessRestriction> restrictions();

        /** {@code type: static}: the token itself is the secret. */
        record StaticToken(Secret token, String subject, List<AccessRestriction> restrictions)
                implements ExternalAccess {}

        /** {@code type: legacy}: tokens signed HS256 with the caller's own secret. */
        record Legacy(Secret key, String subject, List<AccessRestriction> restrictions) implements ExternalAccess {}

        /** {@code type: jwks}: tokens of another issuer. */
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
