package dev.belfry.host.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The memory for files that the host compresses. When it is used up, further files are served as they are. */
public final class CompressionMemory {

    /** A shorter file fits into two packets anyway. */
    private static final long SHORTEST = 2 * 1024;

    private static final long LONGEST = 8 * 1024 * 1024;

    private long left;

    /** @param bytes compressed bytes in all */
    public CompressionMemory(long bytes) {
        left = bytes;
    }

    /** @return empty if it is not worth it, or if no memory is left */
    synchronized Optional<byte[]> compress(Content content, long length) throws IOException {
        if (length < SHORTEST || length > LONGEST || left == 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (InputStream in = content.open();
                OutputStream out = new GZIPOutputStream(compressed)) {
            in.transferTo(out);
        }
        if (compressed.size() >= length || compressed.size() > left) {
            return Optional.empty();
        }
        left -= compressed.size();
        return Optional.of(compressed.toByteArray());
    }
}
