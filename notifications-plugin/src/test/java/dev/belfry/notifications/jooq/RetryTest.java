package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Recipient ADA = Samples.recipient("ada");
    private static final Filter ALL = Filter.of(Scope.ALL);

    private final TestDatabase database = TestDatabase.of(Dialect.SQLITE, JooqNotificationStore.class);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private Supplier<SQLException> failure = () -> new SQLTransientConnectionException("away");
    private final JooqNotificationStore store;
    private final Notification notification = Samples.system(Samples.id(Samples.NOON, 1), "n");

    RetryTest() {
        database.migrate(JooqNotificationStore.MIGRATIONS);
        store = new JooqNotificationStore(new Unreliable());
        store.save(notification, Addressees.EVERYONE);
        attempts.set(0);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The real database, which is unavailable at times. */
    private final class Unreliable implements Database {

        @Override
        public DataSource dataSource() {
            return unreliable(database.dataSource());
        }

        @Override
        public DataSource readOnlyDataSource() {
            return unreliable(database.readOnlyDataSource());
        }

        @Override
        public Dialect dialect() {
            return database.dialect();
        }

        @Override
        public void migrate(String folder) {
            database.migrate(folder);
        }

        @Override
        public Signals signals() {
            return database.signals();
        }

        @Override
        public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
            return database.unavailability(failure);
        }
    }

    private DataSource unreliable(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        attempts.incrementAndGet();
                        if (failures.getAndDecrement() > 0) {
                            throw failure.get();
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void readsAreRetriedDuringAShortOutage() {
        failures.set(3);
        assertThat(store.page(ADA, ALL, Order.NEWEST_FIRST, 0, 10).items()).hasSize(1);
        failures.set(3);
        assertThat(store.count(ADA, ALL)).isEqualTo(1);
        failures.set(3);
        assertThat(store.following(ADA, ALL, Order.NEWEST_FIRST, SeekPosition.of(notification, Order.NEWEST_FIRST), 10)
                        .items())
                .isEmpty();
    }

    @Test
    void marksAreRetriedDuringARestartOfTheServer() {
        failure = () -> new SQLException("terminating connection", "57P01");
        failures.set(3);
        assertThat(store.mark(ADA, notification.id(), true)).isTrue();

        assertThat(store.count(ADA, new Filter(Scope.ALL, null, null, true))).isEqualTo(1);
    }

    @Test
    void aSaveWithoutAKeyIsNotRetried() {
        failures.set(1);
        Notification another = Samples.system(Samples.id(Samples.NOON, 2), "n");

        assertThatThrownBy(() -> store.save(another, Addressees.EVERYONE))
                .hasRootCauseInstanceOf(SQLTransientConnectionException.class);
        assertThat(store.count(ADA, ALL)).isEqualTo(1);
    }

    @Test
    void aLongOutageFails() {
        failure = () -> new SQLException("no connection", "08006");
        failures.set(Integer.MAX_VALUE);

        assertThatThrownBy(() -> store.count(ADA, ALL)).hasRootCauseMessage("no connection");
        assertThat(attempts).hasValueGreaterThan(3);
    }

    @Test
    void otherFailuresAreNotRetried() {
        failure = () -> new SQLException("syntax error", "42601");
        failures.set(1);

        assertThatThrownBy(() -> store.count(ADA, ALL)).hasRootCauseMessage("syntax error");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anInterruptEndsTheRetries() {
        failures.set(Integer.MAX_VALUE);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> store.count(ADA, ALL)).hasRootCauseMessage("away");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempts).hasValue(1);
    }
}
