package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.AuthSettings;
import dev.belfry.host.config.AuthSettings.ExternalAccess;
import dev.belfry.host.config.AuthSettings.Issuer;
import dev.belfry.host.config.AuthSettings.JwksSource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of the settings the parties whose tokens are believed. Which algorithms a key is for is said here, never by a token. */
final class Trusts {

    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final Duration KEYS_KEPT = Duration.ofMinutes(15);
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEYS_REFRESH_AT_MOST = Duration.ofMinutes(1);
    private static final int KEYS_SIZE_LIMIT = 256 * 1024;

    /** Types of tokens that Backstage's services write, beside plain ones. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES = new DefaultJOSEObjectTypeVerifier<>(
            null,
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("vnd.backstage.user"),
            new JOSEObjectType("vnd.backstage.plugin"));

    private final Runnable keysChanged;

    /** @param keysChanged called when a set of keys has been read anew */
    Trusts(Runnable keysChanged) {
        this.keysChanged = keysChanged;
    }

    List<Trust> of(AuthSettings settings, Optional<byte[]> developmentKey) {
        List<Trust> trusts = new ArrayList<>();
        developmentKey.ifPresent(key -> trusts.add(development(key)));
        settings.issuers().forEach(issuer -> trusts.add(issuer(issuer)));
        settings.externalAccess().forEach(access -> {
            if (access instanceof ExternalAccess.Jwks jwks) {
                trusts.add(external(jwks));
            }
        });
        settings.serviceKeys().forEach(secret -> trusts.add(service(secret.bytes())));
        return trusts;
    }

    private static Trust development(byte[] key) {
        JWTProcessor<SecurityContext> processor = processor(
                Set.of(DevelopmentTokens.ALGORITHM),
                new ImmutableSecret<>(key),
                Set.of(DevelopmentTokens.AUDIENCE),
                DevelopmentTokens.ISSUER);
        return new Trust(
                claims -> DevelopmentTokens.ISSUER.equals(claims.getIssuer()), processor, Trusts::userOrService);
    }

    private Trust issuer(Issuer issuer) {
        JWKSource<SecurityContext> keys = switch (issuer.jwks()) {
            case JwksSource.Url(URI url) -> remoteKeys(url);
            case JwksSource.File(Path file) -> fileKeys(file);
        };
        JWTProcessor<SecurityContext> processor =
                processor(algorithms(issuer.algorithms()), keys, Set.copyOf(issuer.audience()), issuer.issuer());
        return new Trust(claims -> issuer.issuer().equals(claims.getIssuer()), processor, Trusts::user);
    }

    private Trust external(ExternalAccess.Jwks access) {
        JWTProcessor<SecurityContext> processor = processor(
                algorithms(access.algorithms()), remoteKeys(access.url()), Set.copyOf(access.audiences()), null);
        return new Trust(
                claims -> access.issuers().isEmpty() || access.issuers().contains(String.valueOf(claims.getIssuer())),
                processor,
                claims -> new Caller.Service(
                        access.subjectPrefix().map(prefix -> prefix + ":").orElse("external:") + claims.getSubject(),
                        access.restrictions()));
    }

    /** The family's tokens between services name no issuer. */
    private static Trust service(byte[] key) {
        JWTProcessor<SecurityContext> processor =
                processor(Set.of(JWSAlgorithm.HS256), new ImmutableSecret<>(key), Set.of(), null);
        return new Trust(
                claims -> claims.getIssuer() == null,
                processor,
                claims -> new Caller.Service(claims.getSubject(), List.of()));
    }

    private static JWTProcessor<SecurityContext> processor(
            Set<JWSAlgorithm> algorithms,
            JWKSource<SecurityContext> keys,
            Set<String> audiences,
            @Nullable String issuer) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        JWTClaimsSet exact = issuer == null
                ? new JWTClaimsSet.Builder().build()
                : new JWTClaimsSet.Builder().issuer(issuer).build();
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                audiences.isEmpty() ? null : audiences, exact, Set.of("exp", "sub"), null);
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    private JWKSource<SecurityContext> remoteKeys(URI address) {
        try {
            return JWKSourceBuilder.create(
                            address.toURL(),
                            new DefaultResourceRetriever(
                                    (int) KEYS_TIMEOUT.toMillis(), (int) KEYS_TIMEOUT.toMillis(), KEYS_SIZE_LIMIT))
                    .cache(KEYS_KEPT.toMillis(), KEYS_TIMEOUT.toMillis(), event -> keysChanged.run())
                    .refreshAheadCache(false)
                    .rateLimited(KEYS_REFRESH_AT_MOST.toMillis())
                    .retrying(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new ConfigurationException(List.of("'" + address + "' is no address of keys: " + e.getMessage()));
        }
    }

    private static JWKSource<SecurityContext> fileKeys(Path file) {
        try {
            return new ImmutableJWKSet<>(JWKSet.load(file.toFile()));
        } catch (IOException | ParseException e) {
            throw new ConfigurationException(List.of(file + ": the keys cannot be read: " + e.getMessage()));
        }
    }

    private static Set<JWSAlgorithm> algorithms(Collection<String> names) {
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Caller userOrService(JWTClaimsSet claims) throws AuthenticationFailed {
        String subject = Objects.toString(claims.getSubject(), "");
        return subject.startsWith(DevelopmentTokens.SERVICE_PREFIX)
                ? new Caller.Service(subject, List.of())
                : user(claims);
    }

    private static Caller user(JWTClaimsSet claims) throws AuthenticationFailed {
        try {
            EntityRef user = EntityRef.parse(Objects.toString(claims.getSubject(), ""), "");
            Set<EntityRef> ownership = new LinkedHashSet<>(Set.of(user));
            List<String> owned = claims.getStringListClaim("ent");
            if (owned != null) {
                owned.forEach(ref -> ownership.add(EntityRef.parse(ref, "")));
            }
            return new Caller.User(user, ownership);
        } catch (IllegalArgumentException | ParseException e) {
            throw new AuthenticationFailed("the token's subject is not of the form user:namespace/name", e);
        }
    }
}
