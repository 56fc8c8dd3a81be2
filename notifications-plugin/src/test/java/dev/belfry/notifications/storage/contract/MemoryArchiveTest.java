package dev.belfry.notifications.storage.contract;

import dev.belfry.notifications.storage.NotificationStore;

class MemoryArchiveTest extends ArchiveContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    protected NotificationStore store() {
        return store;
    }
}
