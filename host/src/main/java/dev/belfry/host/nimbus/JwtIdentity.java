package dev.belfry.host.nimbus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.config.AuthSettings;
import dev.belfry.host.config.AuthSettings.ExternalAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whoever sends a bearer token is whom the token proves. */
public final class JwtIdentity implements Identity {

    /** Longer than any sensible token, short enough that parsing costs nothing. */
    private static final int MAX_LENGTH = 8192;

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration LONGEST_REMEMBERED = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final List<Trust> trusts;
    private final List<ExternalAccess.StaticToken> staticTokens;
    private final Clock clock;

    /** Checking a signature costs half a millisecond; a token is sent with every request. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfter(Expiry.<String, Verified>creating((token, found) -> found.remembered()))
            .build();

    private record Verified(Caller caller, Instant expires, Duration remembered) {}

    private JwtIdentity(AuthSettings settings, Optional<byte[]> developmentKey, Clock clock) {
        this.clock = clock;
        trusts = new Trusts(verified::invalidateAll).of(settings, developmentKey);
        staticTokens = settings.externalAccess().stream()
                .filter(ExternalAccess.StaticToken.class::isInstance)
                .map(ExternalAccess.StaticToken.class::cast)
                .toList();
    }

    /** @param dataDirectory where the key of development tokens is, which are believed unless the settings say no */
    public static JwtIdentity of(AuthSettings settings, Path dataDirectory, Clock clock) {
        return new JwtIdentity(
                settings,
                settings.developmentTokens() ? Optional.of(DevelopmentKey.in(dataDirectory)) : Optional.empty(),
                clock);
    }

    /** Makes tokens that a host with the same data directory believes. */
    public static TokenMint mint(Path dataDirectory, Clock clock) {
        return new DevelopmentTokens(DevelopmentKey.in(dataDirectory), clock);
    }

    @Override
    public Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed {
        Optional<String> token = credentials.bearerToken();
        return token.isEmpty() ? Optional.empty() : Optional.of(callerOf(token.get()));
    }

    private Caller callerOf(String token) throws AuthenticationFailed {
        Optional<Caller> external = byStaticToken(token);
        if (external.isPresent()) {
            return external.get();
        }
        Verified known = verified.getIfPresent(token);
        if (known == null) {
            known = verify(token);
            verified.put(token, known);
        }
        if (!clock.instant().isBefore(known.expires())) {
            throw new AuthenticationFailed("the token has expired");
        }
        return known.caller();
    }

    /** Looks at every token, so that the time does not tell which one was near. */
    private Optional<Caller> byStaticToken(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        Optional<Caller> found = Optional.empty();
        for (ExternalAccess.StaticToken access : staticTokens) {
            if (MessageDigest.isEqual(given, access.token().bytes())) {
                found = Optional.of(new Caller.Service("external:" + access.subject(), access.restrictions()));
            }
        }
        return found;
    }

    private Verified verify(String token) throws AuthenticationFailed {
        if (token.length() > MAX_LENGTH) {
            throw new AuthenticationFailed("the token is longer than " + MAX_LENGTH + " characters");
        }
        SignedJWT parsed;
        JWTClaimsSet unproven;
        try {
            parsed = SignedJWT.parse(token);
            unproven = parsed.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AuthenticationFailed("the token is no signed JSON web token", e);
        }
        AuthenticationFailed last = new AuthenticationFailed("the token's issuer is not trusted here");
        for (Trust trust : trusts) {
            if (trust.speaksFor().fits(unproven)) {
                try {
                    return verified(trust, trust.check(parsed));
                } catch (BadJOSEException e) {
                    last = new AuthenticationFailed("the token does not hold: " + e.getMessage(), e);
                } catch (KeySourceException e) {
                    last = keysAway(e);
                } catch (JOSEException e) {
                    last = new AuthenticationFailed("the token cannot be checked", e);
                }
            }
        }
        throw last;
    }

    /** A flood of unknown keys must not make us ask for keys again and again; it is the token that is wrong then. */
    private static AuthenticationFailed keysAway(KeySourceException e) {
        if (e instanceof RateLimitReachedException || e.getCause() instanceof RateLimitReachedException) {
            return new AuthenticationFailed("the token's key is not known", e);
        }
        throw ApiError.unavailable("the keys of the token's issuer cannot be had now", RETRY_AFTER);
    }

    private Verified verified(Trust trust, JWTClaimsSet proven) throws AuthenticationFailed {
        Instant expires = proven.getExpirationTime().toInstant();
        Duration left = Duration.between(clock.instant(), expires);
        Duration remembered = left.compareTo(LONGEST_REMEMBERED) > 0 ? LONGEST_REMEMBERED : left;
        return new Verified(trust.caller().read(proven), expires, remembered.isNegative() ? Duration.ZERO : remembered);
    }
}
