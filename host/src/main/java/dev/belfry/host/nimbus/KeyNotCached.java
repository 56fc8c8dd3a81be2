package dev.belfry.host.nimbus;

import com.nimbusds.jose.KeySourceException;

/** The key is not cached, and the issuer has not been asked. */
final class KeyNotCached extends KeySourceException {

    private static final long serialVersionUID = 1L;

    KeyNotCached() {
        super("the key is not cached, and the issuer has not been asked");
    }
}
