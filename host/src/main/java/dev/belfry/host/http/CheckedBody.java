package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A request body with a size limit. JSON must be valid UTF-8: decoders further in would silently replace invalid bytes.
 */
final class CheckedBody extends ServletInputStream {

    private static final int CHUNK = 8192;
    private static final long MAX_DISCARDED = 4 * 1024 * 1024;

    private final ServletInputStream body;
    private final ServletInputStream received;
    private final long limit;
    private final boolean text;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer undecoded = ByteBuffer.allocate(CHUNK + 4);
    private final CharBuffer decoded = CharBuffer.allocate(CHUNK + 4);
    private long length;

    /** @param received the body as the client sends it, which is read to its end if {@code body} is too long */
    CheckedBody(ServletInputStream body, ServletInputStream received, long limit, boolean text) {
        this.body = body;
        this.received = received;
        this.limit = limit;
        this.text = text;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = body.read(bytes, offset, Math.min(count, CHUNK));
        if (read > 0) {
            length += read;
            if (length > limit) {
                discard(received);
                throw tooLong(limit);
            }
        }
        if (text && (read < 0 || read > 0)) {
            check(bytes, offset, Math.max(read, 0), read < 0);
        }
        return read;
    }

    static ApiError tooLong(long limit) {
        return ApiError.payloadTooLarge("the body is longer than " + limit + " bytes");
    }

    /**
     * Reads the rest of a rejected body, up to a limit. A client that is still sending would otherwise get a reset of the
     * connection, and lose the response.
     */
    static void discard(ServletInputStream body) {
        byte[] chunk = new byte[CHUNK];
        try {
            int read = 0;
            for (long rest = MAX_DISCARDED; rest > 0 && read >= 0; rest -= read) {
                read = body.read(chunk);
            }
        } catch (IOException e) {
            // The client has stopped sending: the response says why the body is rejected.
        }
    }

    private void check(byte[] bytes, int offset, int count, boolean end) {
        undecoded.put(bytes, offset, count).flip();
        decoded.clear();
        if (decoder.decode(undecoded, decoded, end).isError()) {
            throw ApiError.input("the body is not valid UTF-8");
        }
        undecoded.compact();
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
