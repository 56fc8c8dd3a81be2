package dev.belfry.host.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The bytes that wait for one client, with the write in progress, up to a limit. Not thread-safe. */
final class StreamQueue {

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final int limit;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>(2);
    private int bytes;
    private int writing;
    private long lastWrite = System.nanoTime();

    StreamQueue(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** A heartbeat of the host may be in the queue in addition to events. */
    boolean fits(ByteBuffer event) {
        return bytes + event.remaining() <= limit + HEARTBEAT.length;
    }

    void add(ByteBuffer more) {
        waiting.add(more);
        bytes += more.remaining();
    }

    void addHeartbeat() {
        add(ByteBuffer.wrap(HEARTBEAT));
    }

    /** The next bytes to write; null = none. The write before is complete. */
    @Nullable
    ByteBuffer next() {
        bytes -= writing;
        ByteBuffer next = waiting.poll();
        writing = next == null ? 0 : next.remaining();
        if (next != null) {
            lastWrite = System.nanoTime();
        }
        return next;
    }

    /** Whether nothing waits; the last bytes may still be in the write in progress. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether nothing waits or is being written, and the last write began at least so long ago. */
    boolean isIdle(long now, Duration time) {
        return bytes == 0 && now - lastWrite >= time.toNanos();
    }

    void clear() {
        waiting.clear();
    }
}
