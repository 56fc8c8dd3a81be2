package dev.belfry.host.assets;

import dev.belfry.host.files.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identifies bytes by their hash.
 *
 * @param tag a strong ETag
 */
record Fingerprint(String tag, long length) {

    private static final int HASH_BYTES = 16;
    private static final int CHUNK = 16 * 1024;

    static Fingerprint of(Content content) throws IOException {
        MessageDigest hash = Digests.sha256();
        byte[] chunk = new byte[CHUNK];
        long length = 0;
        try (InputStream in = content.open()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                hash.update(chunk, 0, read);
                length += read;
            }
        }
        return new Fingerprint('"' + HexFormat.of().formatHex(hash.digest(), 0, HASH_BYTES) + '"', length);
    }

    /** Whether the client has these bytes: the weak comparison of RFC 9110, section 13.1.2. */
    boolean matches(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                        .anyMatch(each -> each.equals("*") || each.equals(tag));
    }
}
