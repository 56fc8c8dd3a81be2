package dev.belfry.host.event;

import dev.belfry.api.event.EventListener;
import dev.belfry.api.event.Events;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The events as the embedding application sees them: as another plugin does, which starts first and stops last. */
public final class HostEvents implements Events, AutoCloseable {

    private static final String ID = "host";

    private final EventBus bus;
    private final Subscriber subscriber;
    private final List<AutoCloseable> subscriptions = new CopyOnWriteArrayList<>();

    public HostEvents(EventBus bus) {
        this.bus = bus;
        InFlightRequests queued = new InFlightRequests();
        this.subscriber =
                new Subscriber(ID, "", ID, new PluginBoundary(ID, HostEvents.class.getClassLoader(), queued), queued);
        bus.open(ID, ID);
    }

    @Override
    public void publish(Object event) {
        bus.publish(event);
    }

    @Override
    public <T> void on(Class<T> type, EventListener<? super T> listener) {
        subscriptions.add(bus.on(subscriber, type, listener));
    }

    @Override
    public void close() throws Exception {
        bus.close(ID);
        for (AutoCloseable subscription : subscriptions) {
            subscription.close();
        }
    }
}
