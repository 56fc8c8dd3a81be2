package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.SecurityContext;
import dev.belfry.host.access.SigningKeys;
import dev.belfry.host.access.SigningKeys.SigningKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the host's own issuer. A key signs for a day and is published for another one, so that tokens outlive the change. Another
 * host with the same database may have made a key that this one has not read yet.
 */
final class HostKeys implements IssuerKeys {

    static final Duration SIGNS_FOR = Duration.ofDays(1);
    static final Duration PUBLISHED_FOR = SIGNS_FOR.multipliedBy(2);

    /** Tokens with made-up keys must not cost a read each. */
    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(1);

    private final SigningKeys store;
    private final Clock clock;
    private volatile State state = new State(List.of(), Instant.MIN, 0);

    HostKeys(SigningKeys store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Key(ECKey jwk, Instant created) {}

    /** @param keys the newest first */
    private record State(List<Key> keys, Instant read, long version) {

        List<JWK> jwks() {
            return keys.stream().<JWK>map(Key::jwk).toList();
        }
    }

    @Override
    public long version() {
        return state.version();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeyNotCached {
        List<JWK> known = selector.select(new JWKSet(state.jwks()));
        if (!known.isEmpty()) {
            return known;
        }
        if (context == Lookup.KNOWN_KEYS) {
            throw new KeyNotCached();
        }
        return selector.select(new JWKSet(recent().jwks()));
    }

    /** The public keys that verify tokens. */
    JWKSet published() {
        return new JWKSet(recent().jwks()).toPublicJWKSet();
    }

    private synchronized State recent() {
        return state.read().plus(READ_AGAIN_AFTER).isAfter(clock.instant()) ? state : read();
    }

    /** The key that signs now; makes one if the newest is too old. Two hosts may do so at once: both keys are valid. */
    synchronized ECKey signing() {
        Instant oldest = clock.instant().minus(SIGNS_FOR);
        return state.keys().stream()
                .filter(key -> key.created().isAfter(oldest))
                .findFirst()
                .or(() -> read().keys().stream()
                        .filter(key -> key.created().isAfter(oldest))
                        .findFirst())
                .map(Key::jwk)
                .orElseGet(this::make);
    }

    private ECKey make() {
        Instant now = clock.instant();
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(HostTokens.ALGORITHM)
                    .generate();
            store.deleteOlderThan(now.minus(PUBLISHED_FOR));
            store.add(new SigningKey(key.getKeyID(), key.toJSONString(), now));
            read();
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has the curve P-256", e);
        }
    }

    private State read() {
        Instant now = clock.instant();
        Instant oldest = now.minus(PUBLISHED_FOR);
        List<Key> keys = store.all().stream()
                .filter(key -> key.created().isAfter(oldest))
                .map(HostKeys::parsed)
                .toList();
        State before = state;
        boolean same = keys.equals(before.keys());
        state = new State(keys, now, same ? before.version() : before.version() + 1);
        return state;
    }

    private static Key parsed(SigningKey key) {
        try {
            return new Key(ECKey.parse(key.jwk()), key.created());
        } catch (ParseException e) {
            throw new IllegalStateException(
                    "the table signing_key of the host's database has a key that cannot be read: " + key.id(), e);
        }
    }
}
