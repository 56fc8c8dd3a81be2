package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.MigrationFailed;
import dev.belfry.api.database.Signals;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** One generation's lease on its plugin's database. */
final class PluginDatabase implements Databases.Lease {

    private final PluginFiles plugin;
    private final ConnectionPools pools;
    private final SharedPools shared;
    private final LeasedSignals signals;

    /** The tables that exist after the migration; their loss is noticed. */
    private volatile Set<String> tables = Set.of();

    private final AtomicBoolean closed = new AtomicBoolean();

    PluginDatabase(PluginFiles plugin, ConnectionPools pools, SharedPools shared) {
        this.plugin = plugin;
        this.pools = pools;
        this.shared = shared;
        this.signals = new LeasedSignals(pools.signals());
    }

    @Override
    public DataSource dataSource() {
        return pools.writers();
    }

    @Override
    public DataSource readOnlyDataSource() {
        return pools.readers();
    }

    @Override
    public Dialect dialect() {
        return pools.dialect();
    }

    @Override
    public void migrate(String folder) {
        alone(() -> {
            new Migrations(plugin, pools).run(folder);
            tables = tables();
        });
    }

    @Override
    public void createTaskTables() {
        alone(() -> new Migrations(plugin, pools).runForTasks());
    }

    @Override
    public void requireUsable() {
        try {
            pools.requireUsable(tables);
        } catch (SQLException e) {
            throw unavailability(e)
                    .<RuntimeException>map(unavailable -> unavailable)
                    .orElseGet(() -> new IllegalStateException(DatabaseProblem.of(e, pools.address()), e));
        }
    }

    private Set<String> tables() {
        try {
            return pools.tables();
        } catch (SQLException e) {
            throw new MigrationFailed(
                    "the tables of '" + plugin.id() + "' could not be listed: "
                            + DatabaseProblem.of(e, pools.address()),
                    e);
        }
    }

    /** An abandoned start of the plugin may still migrate. */
    private void alone(Runnable migration) {
        try {
            shared.migrating().lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationFailed(
                    "the migration of '" + plugin.id() + "' was interrupted while it waited for an earlier one", e);
        }
        try {
            migration.run();
        } finally {
            shared.migrating().unlock();
        }
    }

    @Override
    public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
        return Outages.of(failure, pools.address());
    }

    @Override
    public boolean keepsSessions() {
        return pools.keepsSessions();
    }

    @Override
    public Signals signals() {
        return signals;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            signals.close();
            shared.giveBack();
        }
    }
}
