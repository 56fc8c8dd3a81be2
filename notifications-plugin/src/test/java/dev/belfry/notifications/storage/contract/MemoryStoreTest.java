package dev.belfry.notifications.storage.contract;

import dev.belfry.notifications.storage.NotificationStore;

class MemoryStoreTest extends NotificationStoreContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    public NotificationStore store() {
        return store;
    }
}
