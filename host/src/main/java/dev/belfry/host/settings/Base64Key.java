package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.FromText;
import java.util.Base64;
import java.util.function.Supplier;

/** A key of HMAC in base64 of either alphabet. As in Backstage, other characters are skipped. */
record Base64Key(Secret get) implements Supplier<Secret> {

    /** Backstage recommends 24 bytes, so the 32 of RFC 7518, section 3.2 cannot be required. */
    private static final int MIN_BYTES = 16;

    @FromText("base64 of " + MIN_BYTES + " bytes or more")
    static Base64Key parse(String text) {
        String digits =
                text.replaceFirst("=.*", "").replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
        // One digit alone is less than a byte.
        int usable = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
        return new Base64Key(Secret.of(Base64.getDecoder().decode(digits.substring(0, usable))));
    }

    /** Whether tokens of a key can be believed: a short one can be guessed. */
    static boolean isLongEnough(Secret key) {
        return key.bytes().length >= MIN_BYTES;
    }

    static void warnIfShort(Secret key, String name, Checks checks) {
        if (!isLongEnough(key)) {
            checks.warn(
                    name,
                    "is shorter than " + MIN_BYTES + " bytes, so tokens of this key are refused; make a key with"
                            + " 'openssl rand -base64 24', and use it on both sides");
        }
    }
}
