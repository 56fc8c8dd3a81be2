package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.FromText;
import java.util.Base64;
import java.util.function.Supplier;

/** A key of HMAC in base64 of either alphabet, as Backstage accepts it. */
record Base64Key(Secret get) implements Supplier<Secret> {

    /** Backstage recommends 24 bytes, so the 32 of RFC 7518, section 3.2 cannot be required. */
    private static final int MIN_BYTES = 16;

    @FromText("base64 of " + MIN_BYTES + " bytes or more")
    static Base64Key parse(String text) {
        byte[] bytes = Base64.getDecoder()
                .decode(text.replaceAll("\\s", "").replace('-', '+').replace('_', '/'));
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("too short");
        }
        return new Base64Key(Secret.of(bytes));
    }
}
