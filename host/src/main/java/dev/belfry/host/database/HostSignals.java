package dev.belfry.host.database;

/** The signals between hosts that use one plugin's database, shared by the generations of the plugin. */
interface HostSignals extends AutoCloseable {

    /** For databases that have one host, and behind poolers that do not keep sessions. */
    HostSignals NONE = new HostSignals() {
        @Override
        public void send(String topic) {}

        @Override
        public Runnable listen(String topic, Runnable listener) {
            return () -> {};
        }

        @Override
        public void close() {}
    };

    /** As {@link dev.belfry.api.database.Signals#send}. */
    void send(String topic);

    /**
     * As {@link dev.belfry.api.database.Signals#listen}.
     *
     * @return ends it
     */
    Runnable listen(String topic, Runnable listener);

    @Override
    void close();
}
