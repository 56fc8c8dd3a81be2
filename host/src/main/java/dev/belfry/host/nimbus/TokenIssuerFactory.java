package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.belfry.api.access.Caller;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.Issuer;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates the trusted issuers from the settings. The allowed algorithms are defined here; a token cannot choose. */
final class TokenIssuerFactory {

    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** RFC 7518, section 3.2. */
    static final int HS256_BYTES = 32;

    private static final Set<JWSAlgorithm> HS256 = Set.of(JWSAlgorithm.HS256);

    /** The {@code typ} headers of Backstage's tokens, besides plain JWT. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES = new DefaultJOSEObjectTypeVerifier<>(
            null,
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("vnd.backstage.user"),
            new JOSEObjectType("vnd.backstage.plugin"));

    private final Clock clock;
    private final FileWatch watch;
    private final Tracing tracing;

    TokenIssuerFactory(Clock clock, FileWatch watch, Tracing tracing) {
        this.clock = clock;
        this.watch = watch;
        this.tracing = tracing;
    }

    List<TokenIssuer> of(AuthSettings settings, Optional<byte[]> developmentKey, Optional<HostTokens> own) {
        List<TokenIssuer> issuers = new ArrayList<>();
        own.ifPresent(tokens -> issuers.add(own(tokens)));
        developmentKey.ifPresent(key -> issuers.add(development(key)));
        settings.issuers().forEach(issuer -> issuers.add(issuer(issuer)));
        settings.serviceKeys().forEach(secret -> issuers.add(betweenServices(secret.bytes(), CallerMapper::service)));
        settings.externalAccess().forEach(access -> external(access).ifPresent(issuers::add));
        return issuers;
    }

    private TokenIssuer development(byte[] key) {
        IssuerKeys keys = IssuerKeys.shared(key);
        return new TokenIssuer(
                claims -> DevelopmentTokens.ISSUER.equals(claims.getIssuer()),
                keys,
                processor(HS256, keys, Set.of(DevelopmentTokens.AUDIENCE), DevelopmentTokens.ISSUER),
                CallerMapper::userOrService);
    }

    private TokenIssuer own(HostTokens tokens) {
        return new TokenIssuer(
                claims -> tokens.issuer().equals(claims.getIssuer()),
                tokens.keys(),
                processor(Set.of(HostTokens.ALGORITHM), tokens.keys(), Set.of(HostTokens.AUDIENCE), tokens.issuer()),
                CallerMapper::user);
    }

    private TokenIssuer issuer(Issuer issuer) {
        IssuerKeys keys = switch (issuer.jwks()) {
            case JwksSource.Url(URI url) -> new RemoteJwkSet(url, clock, tracing);
            case JwksSource.File(NamedFile named) -> new FileJwkSet(named.path(), watch);
        };
        return new TokenIssuer(
                claims -> issuer.issuer().equals(claims.getIssuer()),
                keys,
                processor(algorithms(issuer.algorithms()), keys, Set.copyOf(issuer.audience()), issuer.issuer()),
                CallerMapper::user);
    }

    private Optional<TokenIssuer> external(ExternalAccess access) {
        return switch (access) {
            case ExternalAccess.StaticToken compared -> Optional.empty();
            case ExternalAccess.Legacy legacy ->
                Optional.of(betweenServices(
                        legacy.key().bytes(),
                        claims -> Caller.service("external:" + legacy.subject(), legacy.restrictions())));
            case ExternalAccess.Jwks jwks -> Optional.of(external(jwks));
        };
    }

    private TokenIssuer external(ExternalAccess.Jwks access) {
        IssuerKeys keys = new RemoteJwkSet(access.url(), clock, tracing);
        String prefix =
                "external:" + access.subjectPrefix().map(name -> name + ":").orElse("");
        return new TokenIssuer(
                claims -> access.issuers().isEmpty() || access.issuers().contains(String.valueOf(claims.getIssuer())),
                keys,
                processor(algorithms(access.algorithms()), keys, Set.copyOf(access.audiences()), null),
                claims -> Caller.service(prefix + CallerMapper.serviceName(claims), access.restrictions()));
    }

    /** Backstage's service tokens name neither issuer nor audience. */
    private TokenIssuer betweenServices(byte[] secret, TokenIssuer.CallerReader caller) {
        IssuerKeys keys = IssuerKeys.shared(secret);
        return new TokenIssuer(
                claims -> claims.getIssuer() == null && claims.getAudience().isEmpty(),
                keys,
                processor(HS256, keys, Set.of(), null),
                caller);
    }

    private JWTProcessor<SecurityContext> processor(
            Set<JWSAlgorithm> algorithms, IssuerKeys keys, Set<String> audiences, @Nullable String issuer) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (issuer != null) {
            exact.issuer(issuer);
        }
        ClaimsVerifier claims = new ClaimsVerifier(audiences.isEmpty() ? null : audiences, exact.build());
        claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }

    /** Nimbus's check of times, with the host's clock. */
    private final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
        ClaimsVerifier(@Nullable Set<String> audiences, JWTClaimsSet exact) {
            super(audiences, exact, Set.of("exp", "sub"), null);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    private static Set<JWSAlgorithm> algorithms(Collection<String> names) {
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
