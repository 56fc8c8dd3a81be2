package dev.belfry.host.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Every thread that the host needs for as long as it runs. One that has ended, or that fails, makes the host not ready. */
public final class HostThreads {

    private final Map<String, Supplier<Optional<String>>> threads = new ConcurrentSkipListMap<>();
    private final AtomicLong counter = new AtomicLong();

    /** Closing it ends it. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** @return not started yet */
    public RepeatingThread every(String name, Duration interval, RepeatingThread.Pass pass) {
        return new RepeatingThread(name, interval, pass, this);
    }

    /**
     * Watches something that is not a {@link RepeatingThread}, such as the task of a scheduler.
     *
     * @param trouble what is wrong with it now, with its name; empty = nothing
     * @return ends the watch
     */
    public Watch watch(Supplier<Optional<String>> trouble) {
        String key = "%019d".formatted(counter.incrementAndGet());
        threads.put(key, trouble);
        return () -> threads.remove(key);
    }

    /** How many there are, whatever their state. */
    public int size() {
        return threads.size();
    }

    /** What is wrong, each with the name of the thread. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        threads.values().forEach(trouble -> trouble.get().ifPresent(obstacles::add));
        return obstacles;
    }
}
