package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
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
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whoever sends a bearer token is whom the token proves. */
public final class JwtIdentity implements Identity {

    /** Longer than any sensible token, short enough that parsing costs nothing. */
    static final int MAX_LENGTH = 16_384;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final List<Trust> trusts;
    private final StaticTokens staticTokens;
    private final ProvenTokens proven;

    private JwtIdentity(AuthSettings settings, Optional<byte[]> developmentKey, Clock clock) {
        trusts = new Trusts(clock).of(settings, developmentKey);
        staticTokens = StaticTokens.of(settings);
        proven = new ProvenTokens(clock);
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
        Optional<Caller> known = staticTokens.callerOf(token).or(() -> proven.callerOf(token));
        if (known.isPresent()) {
            return known.get();
        }
        if (token.length() > MAX_LENGTH) {
            throw new AuthenticationFailed("the token is longer than " + MAX_LENGTH + " characters");
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            return verified(token, parsed, parsed.getJWTClaimsSet());
        } catch (ParseException e) {
            throw new AuthenticationFailed("the token is no signed JSON web token", e);
        }
    }

    private Caller verified(String token, SignedJWT parsed, JWTClaimsSet unproven) throws AuthenticationFailed {
        AuthenticationFailed reason = new AuthenticationFailed("the token's issuer is not trusted here");
        boolean keysAway = false;
        for (Trust trust : trusts) {
            if (trust.speaksFor().fits(unproven)) {
                try {
                    long version = trust.keys().version();
                    JWTClaimsSet claims = trust.check(parsed);
                    Caller caller = trust.caller().read(claims);
                    proven.remember(token, caller, claims.getExpirationTime().toInstant(), trust.keys(), version);
                    return caller;
                } catch (BadJOSEException e) {
                    reason = new AuthenticationFailed("the token does not hold: " + e.getMessage(), e);
                } catch (KeySourceException e) {
                    keysAway = true;
                } catch (JOSEException e) {
                    reason = new AuthenticationFailed("the token cannot be checked", e);
                }
            }
        }
        if (keysAway) {
            // Whether the token holds is not known: its owner is to come again, not to sign in anew.
            throw ApiError.unavailable("the keys of the token's issuer cannot be had now", RETRY_AFTER);
        }
        throw reason;
    }
}
