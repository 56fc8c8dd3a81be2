package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.ClientBudget;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Request body. The host reads the first MiB before the handler gets a permit, and the rest as the handler reads it. The permit is
 * released while the read waits for the client.
 */
final class RequestBody extends ServletInputStream {

    /** Bodies up to this length need no budget: the connection's own share covers them. */
    private static final int SMALL = 8 * 1024;

    private final ServletInputStream rest;
    private final byte[] received;
    private final int length;
    private final boolean complete;
    private int position;
    private boolean finished;

    private RequestBody(ServletInputStream rest, byte[] received, int length, boolean complete) {
        this.rest = rest;
        this.received = received;
        this.length = length;
        this.complete = complete;
    }

    /**
     * Reads the body, or its first MiB.
     *
     * @param declared Content-Length; negative = none
     * @param budget grows with the bytes received, not with the declared length: a large Content-Length costs the
     *         client nothing
     * @throws ApiError when it is too long, ends early or is malformed
     */
    static RequestBody read(ServletInputStream body, long declared, ClientBudget.Reservation budget)
            throws IOException {
        int limit = (int) Math.min(declared < 0 ? ClientBudgets.RECEIVED : declared, ClientBudgets.RECEIVED);
        byte[] buffer = new byte[Math.min(limit + 1, SMALL)];
        int length = 0;
        while (true) {
            if (length == buffer.length) {
                int larger = Math.min(2 * length, limit + 1);
                budget.add(larger - (length == SMALL ? 0 : length));
                buffer = Arrays.copyOf(buffer, larger);
            }
            int read = body.read(buffer, length, buffer.length - length);
            if (read < 0) {
                return new RequestBody(body, buffer, length, true);
            }
            length += read;
            if (length > limit) {
                return new RequestBody(body, buffer, length, false);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (position < length) {
            int read = Math.min(count, length - position);
            System.arraycopy(received, position, bytes, offset, read);
            position += read;
            return read;
        }
        int read = complete ? -1 : ClientWait.await(() -> rest.read(bytes, offset, count));
        finished |= read < 0;
        return read;
    }

    @Override
    public int available() throws IOException {
        return position < length ? length - position : complete ? 0 : rest.available();
    }

    @Override
    public boolean isFinished() {
        return finished || complete && position == length;
    }

    @Override
    public boolean isReady() {
        return position < length || complete || rest.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("request bodies support blocking reads only");
    }
}
