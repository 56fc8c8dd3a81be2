package dev.belfry.notifications.storage.contract;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.notifications.storage.NotificationStore;

/** Provides the port {@code notifications.storage} with a store in memory. */
public final class MemoryStorePlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.provide(NotificationStore.class, new MemoryStore());
    }
}
