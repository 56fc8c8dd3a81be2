package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.GuestAccess;
import dev.belfry.host.config.Booleans;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.config.NotEmpty;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.config.Variant;
import dev.belfry.host.config.Via;
import dev.belfry.host.config.Words;
import dev.belfry.host.spelling.NamedEntity;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code auth} and {@code backend.auth}: which credentials are accepted.
 *
 * @param issuers {@code auth.issuers[]}: issuers of user tokens
 * @param serviceKeys {@code backend.auth.keys[].secret}: keys that sign service tokens
 * @param externalAccess {@code backend.auth.externalAccess[]}
 * @param guest {@code auth.providers.guest}: the caller of requests without credentials; empty when guest access is off
 * @param oidc {@code auth.providers.oidc}: the OpenID provider of the environment {@code auth.environment}
 * @param developmentTokens {@code auth.developmentTokens}: whether tokens of the data directory's key are accepted
 * @param failedCredentialsPerMinute {@code auth.failedCredentialsPerMinute}: failures per client address; 0 = no limit
 */
public record AuthSettings(
        List<Issuer> issuers,
        List<Secret> serviceKeys,
        List<ExternalAccess> externalAccess,
        Optional<Guest> guest,
        Optional<OidcSettings> oidc,
        boolean developmentTokens,
        int failedCredentialsPerMinute) {

    /** Services may have credentials all the same. */
    public boolean acceptsNoUser() {
        return issuers.isEmpty() && !hasSignIn() && !developmentTokens;
    }

    /** Whether browsers can sign in at this host. */
    public boolean hasSignIn() {
        return guest.isPresent() || oidc.isPresent();
    }

    /** @param algorithms names from RFC 7518, such as {@code ES256} */
    public record Issuer(
            String issuer,
            @NotEmpty @Words List<String> audience,
            JwksSource jwks,

            @Default(AlgorithmName.DEFAULTS) @Words @Via(AlgorithmName.class)
            List<String> algorithms) {}

    /** The source of public keys. */
    public sealed interface JwksSource {
        record Url(URI url) implements JwksSource {}

        record File(NamedFile named) implements JwksSource {}

        @FromText("an http or https URL, or a path")
        static JwksSource parse(String text, SourceLocation location) {
            return text.startsWith("http://") || text.startsWith("https://")
                    ? new Url(HttpAddress.parse(text).get())
                    : new File(NamedFile.parse(text, location));
        }
    }

    /** A caller outside of the Backstage instance. */
    public sealed interface ExternalAccess {
        List<AccessRestrictionKeys> restrictionSettings();

        /** What it may do; empty = everything. */
        default List<AccessRestriction> restrictions() {
            return restrictionSettings().stream()
                    .map(AccessRestrictionKeys::restriction)
                    .toList();
        }

        /** Whether its credentials can be believed. */
        default boolean isUsable() {
            return true;
        }

        /** {@code type: static}: the token itself is the secret. */
        @Variant("static")
        record StaticToken(
                @Key("options.token") @Via(StaticTokenText.class)
                Secret token,

                @Key("options.subject") String subject,

                @Restriction @Key("accessRestrictions") List<AccessRestrictionKeys> restrictionSettings)
                implements ExternalAccess, Checked {

            @Override
            public boolean isUsable() {
                return StaticTokenText.isLongEnough(token);
            }

            @Override
            public void check(Checks checks) {
                StaticTokenText.warnIfShort(token, "options.token", checks);
            }
        }

        /** {@code type: legacy}: tokens signed HS256 with the caller's own secret. */
        @Variant("legacy")
        record Legacy(
                @Key("options.secret") @Via(Base64Key.class) Secret key,
                @Key("options.subject") String subject,

                @Restriction @Key("accessRestrictions") List<AccessRestrictionKeys> restrictionSettings)
                implements ExternalAccess, Checked {

            @Override
            public boolean isUsable() {
                return Base64Key.isLongEnough(key);
            }

            @Override
            public void check(Checks checks) {
                Base64Key.warnIfShort(key, "options.secret", checks);
            }
        }

        /** {@code type: jwks}: tokens of another issuer. */
        @Variant("jwks")
        record Jwks(
                @Key("options.url") @Via(HttpAddress.class) URI url,

                @Restriction @Key(value = "options.issuer", or = "options.issuers") @Words
                List<String> issuers,

                @Restriction @Key(value = "options.audience", or = "options.audiences") @Words
                List<String> audiences,

                @Key(value = "options.algorithm", or = "options.algorithms")
                @Default(AlgorithmName.DEFAULTS)
                @Words
                @Via(AlgorithmName.class)
                List<String> algorithms,

                @Key("options.subjectPrefix") Optional<String> subjectPrefix,

                @Restriction @Key("accessRestrictions") List<AccessRestrictionKeys> restrictionSettings)
                implements ExternalAccess {}
    }

    /**
     * @param outsideDevelopment {@code dangerouslyAllowOutsideDevelopment}
     * @param place where it is written
     */
    @Ignored("development")
    @Unsupported(
            value = "ownershipEntityRefs",
            instead = "has no effect: the groups of the guest are those of the user in the catalog; write them to"
                    + " spec.memberOf of that user")
    public record Guest(
            @Key("userEntityRef") @Default(DEFAULT_USER) @Via(UserRef.class)
            EntityRef user,

            @Key("dangerouslyAllowOutsideDevelopment") @Default("false")
            boolean outsideDevelopment,

            SourceLocation place) {

        private static final String DEFAULT_USER = "user:default/guest";

        /** @return null = no guest */
        @FromText(value = "true, false, or an object", orObject = Guest.class)
        static @Nullable Guest parse(String text, SourceLocation place) {
            return Booleans.parse(text) ? new Guest(UserRef.parse(DEFAULT_USER).get(), false, place) : null;
        }

        public GuestAccess access() {
            return new GuestAccess(user, outsideDevelopment);
        }

        NamedEntity named() {
            return new NamedEntity(user, place + ": auth.providers.guest", "The guest is a user without groups");
        }
    }
}
