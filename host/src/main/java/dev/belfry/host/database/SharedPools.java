package dev.belfry.host.database;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection pools of one plugin, shared by its generations. They open with the first lease and close with the
 * last. Each plugin has its own locks: a database that does not respond delays no other plugin.
 */
final class SharedPools implements AutoCloseable {

    private final ReentrantLock migrating = new ReentrantLock();
    private volatile @Nullable ConnectionPools pools;
    private int leases;
    private volatile boolean closed;

    /** Opens the pools. */
    @FunctionalInterface
    interface Opening {
        ConnectionPools open() throws SQLException;
    }

    /** Counts one more lease. */
    synchronized ConnectionPools take(Opening opening) throws SQLException {
        ConnectionPools now = pools;
        if (now == null) {
            now = opening.open();
            pools = now;
            // The host may have stopped meanwhile.
            if (closed) {
                close();
            }
        }
        leases++;
        return now;
    }

    synchronized void giveBack() {
        leases--;
        ConnectionPools now = pools;
        // An in-memory database must survive a pause between two generations.
        if (leases == 0 && now != null && !now.inMemory()) {
            pools = null;
            now.close();
        }
    }

    /** Held during a migration: two generations of one plugin may start at once. */
    ReentrantLock migrating() {
        return migrating;
    }

    /** Null while they are closed. */
    @Nullable
    DatabaseAddress address() {
        ConnectionPools now = pools;
        return now == null ? null : now.address();
    }

    int inUse() {
        ConnectionPools now = pools;
        return now == null ? 0 : now.inUse();
    }

    /** Without the lock, which an attempt to open the pools may hold for long. */
    @Override
    public void close() {
        closed = true;
        ConnectionPools now = pools;
        if (now != null) {
            now.close();
        }
    }
}
