package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Output of a handler that streams its response. When the server's buffer is full, each write may wait for the client.
 * The response then counts as a large response, and its permit is released during each write.
 */
final class StreamingOutput extends ServletOutputStream {

    /** Smaller than Jetty's buffer: this much is written without waiting. */
    private static final int BUFFERED = 24 * 1024;

    private final ServletOutputStream out;
    private final Supplier<ClientBudget.Reservation> largeAnswer;
    private long written;
    private boolean large;
    private boolean discarded;

    /** @param largeAnswer reserves a place, which is released when the request completes */
    StreamingOutput(ServletOutputStream out, Supplier<ClientBudget.Reservation> largeAnswer) {
        this.out = out;
        this.largeAnswer = largeAnswer;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    boolean isUsed() {
        return written > 0;
    }

    /** Drops all further output, such as the end of a compressed stream. */
    void discard() {
        discarded = true;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (discarded) {
            return;
        }
        written += count;
        if (written > BUFFERED && BulkheadPermit.CURRENT.isBound() && !large) {
            largeAnswer.get().add(1);
            large = true;
        }
        toClient(large, () -> out.write(bytes, offset, count));
    }

    @Override
    public void flush() throws IOException {
        if (!discarded) {
            toClient(true, out::flush);
        }
    }

    @Override
    public void close() throws IOException {
        if (!discarded) {
            toClient(true, out::close);
        }
    }

    /** Writes to the client. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private static void toClient(boolean mayBlock, Write write) throws IOException {
        try {
            if (mayBlock) {
                ClientWait.await(() -> {
                    write.run();
                    return true;
                });
            } else {
                write.run();
            }
        } catch (IOException e) {
            throw new ClientDisconnected(e);
        }
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }
}
