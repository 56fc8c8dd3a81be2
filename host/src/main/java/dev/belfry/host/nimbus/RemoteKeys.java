package dev.belfry.host.nimbus;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys at an address. Nimbus has a source of this kind, but its limit lets two requests a minute pass, and takes the rest of
 * a minute after a failure for an unknown key: an issuer that is away must not make good tokens look bad.
 */
final class RemoteKeys implements IssuerKeys {

    /** Between two requests, so that tokens with made-up keys do not become a flood of requests. */
    static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);

    /** After this time the keys are asked for again, so that one that was withdrawn is believed no longer. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** How long keys are believed while their issuer cannot be reached. */
    static final Duration KEPT_WITHOUT_WORD = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int SIZE_LIMIT = 256 * 1024;

    private final URL address;
    private final Clock clock;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, SIZE_LIMIT);
    private final ReentrantLock asking = new ReentrantLock();
    private volatile State state = new State(Optional.empty(), Instant.MIN, Instant.MIN, false, 0);

    /**
     * @param read when the keys were last had
     * @param next before this there is no further request
     * @param failed the last request
     */
    private record State(Optional<JWKSet> keys, Instant read, Instant next, boolean failed, long version) {}

    RemoteKeys(URI address, Clock clock) {
        try {
            this.address = address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no address of keys: " + address, e);
        }
        this.clock = clock;
    }

    @Override
    public long version() {
        refreshWhenOld();
        return state.version();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        refreshWhenOld();
        List<JWK> found = selector.select(usable());
        if (!found.isEmpty()) {
            return found;
        }
        request();
        found = selector.select(usable());
        if (found.isEmpty() && state.failed()) {
            throw new KeySourceException("the keys cannot be had, so nobody knows whether this one is new");
        }
        return found;
    }

    private JWKSet usable() throws KeySourceException {
        State now = state;
        return now.keys()
                .filter(keys -> clock.instant().isBefore(now.read().plus(KEPT_WITHOUT_WORD)))
                .orElseThrow(() -> new KeySourceException("the keys cannot be had from " + address));
    }

    private void refreshWhenOld() {
        State now = state;
        if (now.keys().isEmpty()) {
            request();
        } else if (!clock.instant().isBefore(now.read().plus(FRESH)) && asking.tryLock()) {
            // Who comes while another asks goes on with the keys that are there.
            try {
                request();
            } finally {
                asking.unlock();
            }
        }
    }

    private void request() {
        asking.lock();
        try {
            Instant now = clock.instant();
            if (!now.isBefore(state.next())) {
                state = answered(state, now);
            }
        } finally {
            asking.unlock();
        }
    }

    private State answered(State before, Instant now) {
        try {
            JWKSet keys = JWKSet.parse(retriever.retrieveResource(address).getContent());
            boolean same = before.keys().filter(keys::equals).isPresent();
            return new State(Optional.of(keys), now, now.plus(AT_MOST_EVERY), false, before.version() + (same ? 0 : 1));
        } catch (IOException | ParseException e) {
            LOG.warn("the keys at {} cannot be had: {}", address, e.getMessage());
            return new State(before.keys(), before.read(), now.plus(RETRY_AFTER_FAILURE), true, before.version());
        }
    }
}
