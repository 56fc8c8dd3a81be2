package dev.belfry.notifications.api;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Two hosts on one PostgreSQL database. */
record TwoHosts(TestHost first, TestHost second) implements AutoCloseable {

    static TwoHosts start() {
        return start(host -> host, host -> host);
    }

    static TwoHosts start(UnaryOperator<TestHost.Builder> first, UnaryOperator<TestHost.Builder> second) {
        String prefix = "shared_" + UUID.randomUUID().toString().replace("-", "") + "_";
        TestHost one = first.apply(onDatabases(prefix)).start();
        try {
            return new TwoHosts(one, second.apply(onDatabases(prefix)).start());
        } catch (RuntimeException | Error e) {
            one.close();
            throw e;
        }
    }

    private static TestHost.Builder onDatabases(String prefix) {
        return TestHost.with(NotificationsPlugin.class)
                .database(Dialect.POSTGRESQL)
                .config("backend.database.prefix", prefix);
    }

    @Override
    public void close() {
        // In this order, because each checks for leftovers since its start.
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
