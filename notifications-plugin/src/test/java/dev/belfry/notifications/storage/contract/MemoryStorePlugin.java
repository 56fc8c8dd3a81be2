package dev.belfry.notifications.storage.contract;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.notifications.storage.NotificationStore;

/** Supplies the port {@code notifications.storage} out of memory. */
public final class MemoryStorePlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        context.provide(NotificationStore.class, new MemoryStore());
    }
}
