package dev.belfry.host.context;

import dev.belfry.api.event.EventListener;
import dev.belfry.api.event.Events;
import dev.belfry.host.event.EventBus;
import dev.belfry.host.event.Subscriber;
import dev.belfry.host.lifecycle.Generation;

/** The events of one generation. */
final class PluginEvents implements Events {

    private final EventBus bus;
    private final Generation generation;

    PluginEvents(EventBus bus, Generation generation) {
        this.bus = bus;
        this.generation = generation;
    }

    @Override
    public void publish(Object event) {
        requireExported(event.getClass());
        generation.boundary().run(() -> bus.publish(event));
    }

    @Override
    public <T> void on(Class<T> type, EventListener<? super T> listener) {
        requireExported(type);
        generation
                .registrations()
                .enter("listener of " + type.getSimpleName(), bus.on(Subscriber.of(generation), type, listener));
    }

    /** An object of another class could reach no other plugin, and would keep this one's classes loaded. */
    private void requireExported(Class<?> type) {
        if (!generation.linked().defines(type)) {
            throw new IllegalArgumentException("the class " + type.getName()
                    + " of an event must be in a package that this plugin or one of its dependencies exports"
                    + " (Plugin-Exports)");
        }
    }
}
