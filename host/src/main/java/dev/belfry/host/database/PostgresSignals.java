package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by LISTEN and NOTIFY. A transaction with a NOTIFY commits alone, so a signal is a transaction of its own, and signals that
 * follow soon are one.
 */
final class PostgresSignals implements HostSignals {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSignals.class);

    private static final String CHANNEL = "belfry_signals";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(3);

    /** After a silence of this time, the connection is checked. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int CHECK_TIMEOUT_SECONDS = 5;

    private final String self = UUID.randomUUID().toString();
    private final PostgresSource source;
    private final DataSource pool;
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    // The lock guards the fields below.

    private final Set<String> unsent = new TreeSet<>();
    private boolean sending;
    private boolean listening;
    private boolean closed;
    private @Nullable Connection connection;

    /** @param source for the connection that listens, which no pool may take back */
    PostgresSignals(PostgresSource source, DataSource pool) {
        this.source = source;
        this.pool = pool;
    }

    @Override
    public void send(String topic) {
        lock.lock();
        try {
            unsent.add(topic);
            if (!sending && !closed) {
                sending = true;
                start("signals-out", this::sendAll);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Runnable listen(String topic, Runnable listener) {
        List<Runnable> ofTopic = listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
        ofTopic.add(listener);
        lock.lock();
        try {
            if (!listening && !closed) {
                listening = true;
                start("signals-in", this::receiveAll);
            }
        } finally {
            lock.unlock();
        }
        return () -> ofTopic.remove(listener);
    }

    /** The caller may be a thread of a plugin, whose class loader must not be kept. */
    private static void start(String name, Runnable task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(task);
        thread.setContextClassLoader(PostgresSignals.class.getClassLoader());
        thread.start();
    }

    private void sendAll() {
        List<String> topics = take();
        while (!topics.isEmpty()) {
            try {
                send(topics);
                Thread.sleep(PAUSE);
            } catch (SQLException e) {
                LOG.debug("a signal to other hosts is lost", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            topics = take();
        }
    }

    /** @return empty if nothing is left to send: the next signal starts another thread */
    private List<String> take() {
        lock.lock();
        try {
            List<String> topics = closed ? List.of() : List.copyOf(unsent);
            unsent.clear();
            sending = !topics.isEmpty();
            return topics;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<String> topics) throws SQLException {
        try (Connection sender = pool.getConnection();
                PreparedStatement notify = sender.prepareStatement("select pg_notify('" + CHANNEL
                        + "', concat_ws(' ', ?, topic, current_schema()))" + " from unnest(?) topic")) {
            notify.setString(1, self);
            notify.setArray(2, sender.createArrayOf("text", topics.toArray()));
            notify.execute();
        }
    }

    private void receiveAll() {
        while (!isClosed()) {
            try (Connection opened = source.getConnection()) {
                if (hold(opened)) {
                    receive(opened);
                }
            } catch (SQLException e) {
                LOG.debug("signals of other hosts are lost", e);
            }
            awaitRetry();
        }
    }

    private void receive(Connection listener) throws SQLException {
        try (Statement listen = listener.createStatement()) {
            listen.execute("listen " + CHANNEL);
        }
        String schema = listener.getSchema();
        // Signals that were sent meanwhile are lost.
        listeners.values().forEach(PostgresSignals::call);
        PGConnection postgres = listener.unwrap(PGConnection.class);
        while (!isClosed()) {
            PGNotification[] received = postgres.getNotifications((int) SILENCE.toMillis());
            if (received != null && received.length > 0) {
                Arrays.stream(received)
                        .map(PGNotification::getParameter)
                        .distinct()
                        .forEach(signal -> receive(signal, schema));
            } else if (!listener.isValid(CHECK_TIMEOUT_SECONDS)) {
                return;
            }
        }
    }

    private void receive(String signal, String schema) {
        String[] parts = signal.split(" ", 3);
        // Other plugins have other schemas in the same database.
        if (parts.length == 3 && !parts[0].equals(self) && parts[2].equals(schema)) {
            call(listeners.getOrDefault(parts[1], List.of()));
        }
    }

    private static void call(List<Runnable> listeners) {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("a listener to signals of other hosts failed", e);
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** @return false if this has been closed */
    private boolean hold(Connection opened) {
        lock.lock();
        try {
            connection = opened;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRetry() {
        lock.lock();
        try {
            connection = null;
            if (!closed) {
                ended.awaitNanos(RETRY.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Connection open;
        lock.lock();
        try {
            closed = true;
            open = connection;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            try {
                // A close would wait for the thread that listens.
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the connection that listens to signals cannot be closed", e);
            }
        }
    }
}
