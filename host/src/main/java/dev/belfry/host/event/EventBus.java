package dev.belfry.host.event;

import dev.belfry.api.event.EventListener;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Delivers events to the listeners of serving generations. */
public final class EventBus {

    private final MeterRegistry meters;
    private final Tracing tracing;
    private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();

    /** The serving generation of each plugin. Replaced as a whole, so that a publication sees one generation of each plugin. */
    private volatile Map<String, String> serving = Map.of();

    public EventBus(MeterRegistry meters, Tracing tracing) {
        this.meters = meters;
        this.tracing = tracing;
    }

    /** @return ends the subscription; an event in progress is interrupted and waited for, for a short time */
    public <T> AutoCloseable on(Subscriber subscriber, Class<T> type, EventListener<? super T> listener) {
        Counter dropped = Counter.builder("belfry.events.dropped")
                .description("Events that were lost because the queue of a listener was full")
                .tag("plugin", subscriber.pluginId())
                .register(meters);
        Subscription<T> subscription = new Subscription<>(subscriber, type, listener, dropped, tracing);
        subscriptions.add(subscription);
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    public void publish(Object event) {
        Map<String, String> now = serving;
        for (Subscription<?> subscription : subscriptions) {
            if (subscription.isOf(now)) {
                subscription.offer(event);
            }
        }
    }

    /** From now on the generation's listeners get events, not its predecessor's. */
    public synchronized void open(String pluginId, String generation) {
        Map<String, String> next = new HashMap<>(serving);
        next.put(pluginId, generation);
        serving = Map.copyOf(next);
    }

    /** From now on the generation's listeners get no further events. */
    public synchronized void close(String generation) {
        Map<String, String> next = new HashMap<>(serving);
        next.values().remove(generation);
        serving = Map.copyOf(next);
    }
}
