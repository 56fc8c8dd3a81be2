package dev.belfry.host.event;

import dev.belfry.api.event.EventListener;
import dev.belfry.api.event.Events;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener and its queue. A virtual thread works through the queue and ends when it is empty. */
final class Subscription<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Subscriber subscriber;
    private final Class<T> type;
    private final EventListener<? super T> listener;
    private final Counter dropped;

    private final Queue<T> queue = new ArrayDeque<>();
    private @Nullable Thread worker;
    private boolean closed;

    /** Whether the current congestion is in the log already. */
    private boolean reported;

    Subscription(Subscriber subscriber, Class<T> type, EventListener<? super T> listener, Counter dropped) {
        this.subscriber = subscriber;
        this.type = type;
        this.listener = listener;
        this.dropped = dropped;
    }

    /** @param serving the serving generation of each plugin */
    boolean isOf(Map<String, String> serving) {
        return subscriber.generation().equals(serving.get(subscriber.pluginId()));
    }

    /** Queues an event of the listener's type; ignores others. Never waits. */
    synchronized void offer(Object event) {
        if (closed || !type.isInstance(event)) {
            return;
        }
        if (queue.size() == Events.QUEUE_CAPACITY) {
            drop();
        } else if (subscriber.inFlight().tryTake()) {
            queue.add(type.cast(event));
            if (worker == null) {
                worker = startWorker();
            }
        }
    }

    private void drop() {
        dropped.increment();
        if (!reported) {
            reported = true;
            LOG.warn(
                    "plugin '{}' handles events of {} too slowly: {} of them wait, and further ones are dropped until the"
                            + " queue is empty enough",
                    subscriber.pluginId(),
                    type.getName(),
                    queue.size());
        }
    }

    /** Inherits nothing from the publisher: its context class loader would keep its classes loaded. */
    private Thread startWorker() {
        return Thread.ofVirtual()
                .name("events of " + subscriber.pluginId())
                .inheritInheritableThreadLocals(false)
                .start(this::work);
    }

    private void work() {
        for (T event = next(); event != null; event = next()) {
            try {
                deliver(event);
            } finally {
                subscriber.inFlight().giveBack();
            }
        }
    }

    private synchronized @Nullable T next() {
        T event = queue.poll();
        if (event == null) {
            worker = null;
            reported = false;
        }
        return event;
    }

    private void deliver(T event) {
        try {
            subscriber.boundary().run(() -> listener.on(event));
        } catch (Throwable e) {
            if (!isClosed()) {
                LOG.warn(
                        "a listener of plugin '{}' failed for an event of {}; it gets the next one nevertheless",
                        subscriber.pluginId(),
                        event.getClass().getName(),
                        e);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws InterruptedException {
        Thread running = end();
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
            running.join(PATIENCE);
        }
    }

    private synchronized @Nullable Thread end() {
        closed = true;
        for (T _ : queue) {
            subscriber.inFlight().giveBack();
        }
        queue.clear();
        return worker;
    }
}
