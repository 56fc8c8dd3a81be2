package dev.belfry.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open stream of server-sent events. It reads all the time, so it is never a slow client. Heartbeats are skipped. Close it to
 * disconnect.
 *
 * <pre>{@code
 * try (TestEventStream events = host.as("ada").events("/api/bell/events")) {
 *     host.as("bob").post("/api/bell/ring");
 *     assertThat(events.next().data()).isEqualTo("ding");
 * }
 * }</pre>
 *
 * @since 0.2
 */
public final class TestEventStream implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final InputStream body;
    private final BlockingQueue<Optional<ReceivedEvent>> received = new LinkedBlockingQueue<>();
    private volatile @Nullable Duration retry;

    TestEventStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().name("test-event-stream").start(this::read);
    }

    private void read() {
        List<String> block = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    receive(block);
                    block.clear();
                } else {
                    block.add(line);
                }
            }
        } catch (IOException e) {
            // Disconnected by the host or by close(): the stream has ended in both cases.
        }
        received.add(Optional.empty());
    }

    private void receive(List<String> block) {
        field(block, "retry: ").ifPresent(millis -> retry = Duration.ofMillis(Long.parseLong(millis)));
        List<String> data = block.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
        if (!data.isEmpty()) {
            String name = field(block, "event: ").orElse("message");
            received.add(Optional.of(new ReceivedEvent(name, field(block, "id: "), String.join("\n", data))));
        }
    }

    private static Optional<String> field(List<String> block, String prefix) {
        return block.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst();
    }

    /**
     * The next event; waits for it for up to 20 seconds.
     *
     * @throws AssertionError if none arrives, or the stream has ended
     */
    public ReceivedEvent next() {
        return take().orElseThrow(() -> new AssertionError("the stream has ended without a further event"));
    }

    /**
     * Waits until the stream has ended, for up to 20 seconds.
     *
     * @throws AssertionError if another event arrives, or the stream does not end
     */
    public void awaitEnd() {
        take().ifPresent(event -> {
            throw new AssertionError("the stream has not ended, but received " + event);
        });
    }

    /** After which time the client should connect again; empty = the host has not said. The host says it when it drains the plugin. */
    public Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    private Optional<ReceivedEvent> take() {
        try {
            Optional<ReceivedEvent> next = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no event within " + LIMIT);
            }
            if (next.isEmpty()) {
                received.add(next);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an event", e);
        }
    }

    /** Disconnects. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the stream cannot be closed", e);
        }
    }
}
