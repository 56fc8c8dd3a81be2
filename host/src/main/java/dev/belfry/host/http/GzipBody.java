package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A gzip request body, unpacked as it is read: a small body that unpacks to gigabytes costs no more memory than another one, because the
 * reader stops at the limit.
 */
final class GzipBody extends ServletInputStream {

    private static final int BUFFER = 8 * 1024;

    private final ServletInputStream packed;
    private @Nullable Unpacking unpacked;
    private boolean closed;
    private boolean finished;

    private static final class Unpacking extends GZIPInputStream {
        Unpacking(ServletInputStream packed) throws IOException {
            super(packed, BUFFER);
        }

        /** Unlike close, leaves the stream of the request alone. */
        void end() {
            inf.end();
        }
    }

    GzipBody(ServletInputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int count) throws IOException {
        if (closed) {
            throw new IOException("the request is over");
        }
        try {
            if (unpacked == null) {
                unpacked = new Unpacking(packed);
            }
            int read = unpacked.read(bytes, offset, count);
            finished |= read < 0;
            return read;
        } catch (ZipException | EOFException e) {
            throw ApiError.input("the body is not valid gzip, or ends early");
        }
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isReady() {
        return finished || packed.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("request bodies support blocking reads only");
    }

    /** The request is over. Gives back the memory of the decoder, which is outside of the heap. */
    synchronized void end() {
        closed = true;
        if (unpacked != null) {
            unpacked.end();
        }
    }
}
