package dev.belfry.host.access;

import java.time.Instant;
import java.util.List;

/** Where the host's issuer keeps its keys. Hosts with the same database share them. */
public interface SigningKeys {

    /** @param jwk the private key as a JSON web key */
    record SigningKey(String id, String jwk, Instant created) {
        /** Without the key. */
        @Override
        public String toString() {
            return "signing key " + id;
        }
    }

    List<SigningKey> all();

    void add(SigningKey key);

    void deleteOlderThan(Instant created);
}
