package dev.belfry.host.database;

import dev.belfry.api.database.Signals;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** The signals of one generation, which must not be called after its end. */
final class LeasedSignals implements Signals, AutoCloseable {

    private static final Pattern TOPIC = Pattern.compile("[a-z0-9.-]{1,100}");

    private final HostSignals signals;
    private final Queue<Runnable> endings = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    LeasedSignals(HostSignals signals) {
        this.signals = signals;
    }

    @Override
    public void send(String topic) {
        signals.send(valid(topic));
    }

    @Override
    public void listen(String topic, Runnable listener) {
        endings.add(signals.listen(valid(topic), () -> {
            if (!closed) {
                listener.run();
            }
        }));
    }

    private static String valid(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException(
                    "the topic '" + topic + "' must have 1 to 100 characters: lowercase letters, digits, '-' and '.'");
        }
        return topic;
    }

    @Override
    public void close() {
        closed = true;
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
