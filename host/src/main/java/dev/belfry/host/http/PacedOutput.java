package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * What a handler writes itself. As soon as it is more than the server's buffer takes, each write may wait for the client: the
 * answer then takes a place among the large ones, and gives its permit back while it waits.
 */
final class PacedOutput extends ServletOutputStream {

    /** Less than Jetty's own buffer: as much is written without waiting. */
    private static final int BUFFERED = 24 * 1024;

    private final ServletOutputStream out;
    private final Supplier<ClientBudget.Hold> largeAnswer;
    private long written;
    private boolean large;

    /** @param largeAnswer takes a place, which is given back when the request is over */
    PacedOutput(ServletOutputStream out, Supplier<ClientBudget.Hold> largeAnswer) {
        this.out = out;
        this.largeAnswer = largeAnswer;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        try {
            writeAtItsPace(bytes, offset, count);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private void writeAtItsPace(byte[] bytes, int offset, int count) throws IOException {
        written += count;
        if (written <= BUFFERED || !Permit.CURRENT.isBound()) {
            out.write(bytes, offset, count);
            return;
        }
        if (!large) {
            largeAnswer.get().add(1);
            large = true;
        }
        ClientPace.await(() -> {
            out.write(bytes, offset, count);
            return true;
        });
    }

    @Override
    public void flush() throws IOException {
        ClientPace.await(() -> {
            out.flush();
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        ClientPace.await(() -> {
            out.close();
            return true;
        });
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
