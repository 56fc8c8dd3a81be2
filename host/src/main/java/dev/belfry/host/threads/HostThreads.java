package dev.belfry.host.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The threads that the host needs while it runs. A thread that has ended or fails makes the host not ready. */
public final class HostThreads {

    private final Map<String, Supplier<Optional<String>>> threads = new ConcurrentSkipListMap<>();
    private final AtomicLong counter = new AtomicLong();

    /** Closing ends the watch. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** @return a thread that is not started yet */
    public RepeatingThread every(String name, Duration interval, RepeatingThread.Pass pass) {
        return new RepeatingThread(name, interval, pass, this);
    }

    /**
     * Watches something that is not a {@link RepeatingThread}, such as a scheduler's task.
     *
     * @param trouble its current problem, with its name; empty = none
     * @return ends the watch
     */
    public Watch watch(Supplier<Optional<String>> trouble) {
        String key = "%019d".formatted(counter.incrementAndGet());
        threads.put(key, trouble);
        return () -> threads.remove(key);
    }

    /** Number of watched threads and tasks. */
    public int size() {
        return threads.size();
    }

    /** The current problems, each with the name of the thread. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        threads.values().forEach(trouble -> trouble.get().ifPresent(obstacles::add));
        return obstacles;
    }
}
