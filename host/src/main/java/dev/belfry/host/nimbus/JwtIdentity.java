package dev.belfry.host.nimbus;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.host.access.ClientCredentials;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.access.SigningKeys;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Identifies callers by their bearer tokens. */
public final class JwtIdentity implements Identity {

    /** Longer than any reasonable token, short enough to parse quickly. */
    static final int MAX_LENGTH = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(JwtIdentity.class);

    private final TokenVerifier check;
    private final StaticTokens staticTokens;
    private final VerifiedTokenCache proven;
    private final FailedCredentials failures;
    private final Optional<HostTokens> own;

    /**
     * The host as an issuer.
     *
     * @param name the claim {@code iss}
     */
    public record OwnIssuer(String name, SigningKeys keys) {}

    private JwtIdentity(
            AuthSettings settings,
            Optional<byte[]> developmentKey,
            Optional<OwnIssuer> issuer,
            Clock clock,
            FailedCredentials failures,
            FileWatch watch,
            Tracing tracing) {
        this.failures = failures;
        own = issuer.map(host -> new HostTokens(host.name(), new HostKeys(host.keys(), clock), clock));
        check = new TokenVerifier(new TokenIssuerFactory(clock, watch, tracing).of(settings, developmentKey, own));
        staticTokens = StaticTokens.of(settings);
        proven = new VerifiedTokenCache(clock);
    }

    /**
     * The warnings of a host with these settings.
     *
     * @throws ConfigurationException when the keys of an issuer cannot be read
     */
    public static List<String> check(AuthSettings settings) {
        List<String> warnings = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < settings.issuers().size(); i++) {
            if (settings.issuers().get(i).jwks() instanceof JwksSource.File(NamedFile named)) {
                String key = named.place() + ": auth.issuers[" + i + "].jwks: ";
                FileJwkSet.check(named, warning -> warnings.add(key + warning), fault -> faults.add(key + fault));
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return warnings;
    }

    /**
     * @param dataDirectory location of the key for development tokens
     * @param issuer the host as an issuer; empty if nobody signs in
     * @param failures limits clients that send invalid tokens
     * @param watch reports files of keys that cannot be read
     * @param tracing records requests for keys
     */
    public static JwtIdentity of(
            AuthSettings settings,
            Path dataDirectory,
            Optional<OwnIssuer> issuer,
            Clock clock,
            FailedCredentials failures,
            FileWatch watch,
            Tracing tracing) {
        if (!settings.developmentTokens()) {
            LOG.info("development tokens (./belfry token) are not accepted; to accept them, set"
                    + " auth.developmentTokens: true");
        }
        check(settings).forEach(LOG::warn);
        return new JwtIdentity(
                settings,
                settings.developmentTokens() ? Optional.of(DevelopmentKey.in(dataDirectory)) : Optional.empty(),
                issuer,
                clock,
                failures,
                watch,
                tracing);
    }

    /** Issues tokens for signed-in users; empty without {@link OwnIssuer}. */
    public Optional<SessionTokens> sessionTokens() {
        return own.map(SessionTokens.class::cast);
    }

    /** Issues tokens that hosts with the same data directory accept. */
    public static TokenMint mint(Path dataDirectory, Clock clock) {
        return new DevelopmentTokens(DevelopmentKey.in(dataDirectory), clock);
    }

    @Override
    public Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed {
        Optional<String> token = credentials.bearerToken();
        Optional<String> address = credentials instanceof ClientCredentials client
                ? Optional.of(client.clientAddress())
                : Optional.empty();
        return token.isEmpty() ? Optional.empty() : Optional.of(callerOf(token.get(), address));
    }

    /** Cached results, positive or negative, need no check and are not counted. */
    private Caller callerOf(String token, Optional<String> address) throws AuthenticationFailed {
        if (token.length() > MAX_LENGTH) {
            throw new AuthenticationFailed("the token is longer than " + MAX_LENGTH + " characters");
        }
        String digest = VerifiedTokenCache.digest(token);
        Optional<Caller> known = proven.callerOf(digest);
        if (known.isPresent()) {
            return known.get();
        }
        address.ifPresent(failures::check);
        try {
            TokenVerifier.Result checked = checked(token);
            proven.remember(digest, checked.caller(), checked.expires(), checked.keys(), checked.version());
            return checked.caller();
        } catch (AuthenticationFailed e) {
            proven.rememberRefused(digest, e);
            address.ifPresent(failures::failed);
            throw e;
        }
    }

    private TokenVerifier.Result checked(String token) throws AuthenticationFailed {
        Optional<Caller> equal = staticTokens.callerOf(token);
        return equal.isPresent()
                ? new TokenVerifier.Result(equal.get(), Instant.MAX, StaticTokens.UNCHANGED, 0)
                : check.check(token);
    }
}
