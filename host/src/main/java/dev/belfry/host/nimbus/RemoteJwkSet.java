package dev.belfry.host.nimbus;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.belfry.host.tracing.Tracing;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set at a URL. Not Nimbus's own source: its rate limiter allows two requests a minute, and after a failure it
 * reports unknown keys for the rest of the minute. An unreachable issuer must not make valid tokens look invalid.
 */
final class RemoteJwkSet implements IssuerKeys {

    /** Minimum time between requests, so that tokens with made-up key ids do not flood the issuer. */
    static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);

    /** Keys are fetched again after this time, so that revoked keys are noticed. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** How long keys are used while the issuer is unreachable. */
    static final Duration KEPT_WITHOUT_WORD = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteJwkSet.class);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int SIZE_LIMIT = 256 * 1024;
    private static final int OK = 200;

    private final URL address;
    private final Clock clock;
    private final Tracing tracing;
    private final JwkSetRefresh refresh;
    private volatile State state = new State(Optional.empty(), List.of(), Instant.MIN, Instant.MIN, false, 0);

    /**
     * @param faults why entries were ignored
     * @param read time of the last successful request
     * @param next no request before this time
     * @param failed whether the last request failed
     */
    private record State(
            Optional<JWKSet> keys, List<String> faults, Instant read, Instant next, boolean failed, long version) {

        /** Whether the keys are present and not too old. */
        boolean isUsable(Instant now) {
            return keys.isPresent() && now.isBefore(read.plus(KEPT_WITHOUT_WORD));
        }

        boolean isOld(Instant now) {
            return keys.isPresent() && !now.isBefore(read.plus(FRESH));
        }

        boolean mayAsk(Instant now) {
            return !now.isBefore(next);
        }
    }

    RemoteJwkSet(URI address, Clock clock, Tracing tracing) {
        try {
            this.address = address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a URL of keys: " + address, e);
        }
        this.clock = clock;
        this.tracing = tracing;
        this.refresh = new JwkSetRefresh(this::ask, tracing);
    }

    @Override
    public long version() {
        refreshWhenOld();
        return state.version();
    }

    @Override
    public boolean holds(long version) {
        refreshWhenOld();
        State now = state;
        return now.version() == version && now.isUsable(clock.instant());
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        refreshWhenOld();
        List<JWK> found = known(selector);
        if (!found.isEmpty()) {
            return found;
        }
        if (!isSettled()) {
            if (context == Lookup.KNOWN_KEYS) {
                throw new KeyNotCached();
            }
            if (state.mayAsk(clock.instant()) || refresh.isRunning()) {
                refresh.await();
            }
            found = known(selector);
            if (found.isEmpty() && !isSettled()) {
                throw new KeySourceException(
                        "the issuer's keys are not available, so it is unknown whether this key is new");
            }
        }
        return found;
    }

    private List<JWK> known(JWKSelector selector) {
        State now = state;
        return now.isUsable(clock.instant()) ? selector.select(now.keys().orElseThrow()) : List.of();
    }

    /** Whether the keys are fresh, so that a missing key does not exist. */
    private boolean isSettled() {
        State now = state;
        return now.isUsable(clock.instant()) && !now.failed() && !now.mayAsk(clock.instant());
    }

    /** In the background: the cached keys are used meanwhile. */
    private void refreshWhenOld() {
        Instant now = clock.instant();
        if (state.isOld(now) && state.mayAsk(now)) {
            refresh.begin();
        }
    }

    private void ask() {
        Instant now = clock.instant();
        if (state.mayAsk(now)) {
            state = answered(state, now);
        }
    }

    private String fetched() throws IOException {
        return tracing.exchange("GET", URI.create(address.toString()), span -> {
            DefaultResourceRetriever retriever =
                    new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, SIZE_LIMIT);
            retriever.setHeaders(span.headers());
            String content = retriever.retrieveResource(address).getContent();
            span.responded(OK);
            return content;
        });
    }

    private State answered(State before, Instant now) {
        try {
            JwkSetReader read = JwkSetReader.read(fetched());
            if (!read.faults().isEmpty() && !read.faults().equals(before.faults())) {
                LOG.warn(
                        "invalid keys at {} are ignored, the others are used: {}",
                        address,
                        String.join("; ", read.faults()));
            }
            boolean same = before.keys().filter(read.keys()::equals).isPresent();
            return new State(
                    Optional.of(read.keys()),
                    read.faults(),
                    now,
                    now.plus(AT_MOST_EVERY),
                    false,
                    before.version() + (same ? 0 : 1));
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warn("the keys at {} cannot be fetched: {}", address, e.getMessage());
            return new State(
                    before.keys(),
                    before.faults(),
                    before.read(),
                    now.plus(RETRY_AFTER_FAILURE),
                    true,
                    before.version());
        }
    }
}
