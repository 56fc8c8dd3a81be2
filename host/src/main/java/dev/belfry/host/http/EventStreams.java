package dev.belfry.host.http;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.StreamSettings;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** The event streams of all plugins: heartbeats, and what streams share. */
final class EventStreams implements AutoCloseable {

    private static final Duration MAX_INTERVAL = Duration.ofMillis(500);
    private static final int CHECKS_PER_HEARTBEAT = 4;

    private volatile StreamSettings settings;
    private final MeterRegistry meters;
    private final RepeatingThread checks;
    private final Set<ClientStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService tasks = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());

    EventStreams(StreamSettings settings, MeterRegistry meters, HostThreads threads) {
        this.settings = settings;
        this.meters = meters;
        Duration interval = settings.heartbeat().dividedBy(CHECKS_PER_HEARTBEAT);
        this.checks = threads.every(
                "event-streams", interval.compareTo(MAX_INTERVAL) < 0 ? interval : MAX_INTERVAL, this::check);
        Gauge.builder("http.server.streams", open, Set::size)
                .description("Open event streams")
                .register(meters);
    }

    void use(StreamSettings settings) {
        this.settings = settings;
    }

    StreamSettings settings() {
        return settings;
    }

    void start() {
        checks.start();
    }

    void add(ClientStream stream) {
        open.add(stream);
    }

    void remove(ClientStream stream) {
        open.remove(stream);
    }

    void end(Set<EntityRef> users) {
        open.stream().filter(stream -> stream.isOfAny(users)).forEach(stream -> stream.end(reconnect()));
    }

    private void check() {
        long now = System.nanoTime();
        open.forEach(stream -> {
            if (stream.isOlderThan(settings.longest(), now)) {
                stream.end(reconnect());
            }
            stream.check(now, settings.heartbeat());
        });
    }

    /** Tells a client when to connect again. Each client gets another time, so that they do not all come at once. */
    byte[] reconnect() {
        long millis =
                ThreadLocalRandom.current().nextLong(settings.reconnectWithin().toMillis() + 1);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    void dropped(String plugin) {
        meters.counter("http.server.streams.dropped", "plugin", plugin).increment();
    }

    void execute(Runnable work) {
        tasks.execute(work);
    }

    /** When the server has stopped. */
    @Override
    public void close() {
        checks.close();
        tasks.shutdown();
    }
}
