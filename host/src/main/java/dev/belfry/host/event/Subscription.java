package dev.belfry.host.event;

import dev.belfry.api.event.EventListener;
import dev.belfry.api.event.Events;
import dev.belfry.host.tracing.PluginWork;
import dev.belfry.host.tracing.Tracing;
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
    private final Tracing tracing;

    /** The deliveries of the events. */
    private final Queue<Runnable> queue = new ArrayDeque<>();

    private @Nullable Thread worker;
    private boolean closed;

    /** Whether the current congestion is in the log already. */
    private boolean reported;

    Subscription(
            Subscriber subscriber, Class<T> type, EventListener<? super T> listener, Counter dropped, Tracing tracing) {
        this.subscriber = subscriber;
        this.type = type;
        this.listener = listener;
        this.dropped = dropped;
        this.tracing = tracing;
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
            T own = type.cast(event);
            queue.add(tracing.carry(() -> deliver(own)));
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
        for (Runnable delivery = next(); delivery != null; delivery = next()) {
            try {
                delivery.run();
            } finally {
                subscriber.inFlight().giveBack();
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable delivery = queue.poll();
        if (delivery == null) {
            worker = null;
            reported = false;
        }
        return delivery;
    }

    private void deliver(T event) {
        try {
            PluginWork work = PluginWork.event(subscriber.pluginId(), subscriber.version(), type);
            subscriber.boundary().run(() -> tracing.run(work, () -> listener.on(event)));
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
        for (Runnable _ : queue) {
            subscriber.inFlight().giveBack();
        }
        queue.clear();
        return worker;
    }
}
