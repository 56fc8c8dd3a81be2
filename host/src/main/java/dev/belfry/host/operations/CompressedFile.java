package dev.belfry.host.operations;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that does not change while the host runs. Compressed once, and revalidated by its hash (RFC 9110, section
 * 8.8.3).
 */
final class CompressedFile {

    private static final int HASH_BYTES = 16;
    private static final int NOT_MODIFIED = 304;

    private final String type;
    private final byte[] compressed;
    private final String hash;

    private CompressedFile(String type, byte[] compressed, String hash) {
        this.type = type;
        this.compressed = compressed;
        this.hash = hash;
    }

    static CompressedFile read(String type, InputStream in) throws IOException {
        byte[] content = in.readAllBytes();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return new CompressedFile(type, compressed.toByteArray(), hash(content));
    }

    private static String hash(byte[] content) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    void answer(Context context) throws IOException {
        boolean gzip = accepts(context.header("Accept-Encoding"));
        String tag = '"' + hash + (gzip ? "-gzip" : "") + '"';
        context.header("ETag", tag).header("Vary", "Accept-Encoding").header("Cache-Control", "max-age=86400");
        if (isKnown(context.header("If-None-Match"), tag)) {
            context.status(NOT_MODIFIED);
            return;
        }
        context.contentType(type);
        if (gzip) {
            context.header("Content-Encoding", "gzip").result(compressed);
        } else {
            context.disableCompression();
            context.result(new GZIPInputStream(new ByteArrayInputStream(compressed)));
        }
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                        .anyMatch(each -> each.equals("*") || each.equals(tag));
    }

    /**
     * RFC 9110, section 12.5.3: an encoding that is not listed is not acceptable, unless '*' is; weight zero means not
     * acceptable.
     */
    private static boolean accepts(@Nullable String encodings) {
        boolean any = false;
        for (String each : encodings == null
                ? new String[0]
                : encodings.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = each.strip().split("\\s*;\\s*", 2);
            boolean wanted = parts.length == 1 || !parts[1].matches("q=0(\\.0{0,3})?");
            if (parts[0].equals("gzip")) {
                return wanted;
            }
            any |= parts[0].equals("*") && wanted;
        }
        return any;
    }
}
