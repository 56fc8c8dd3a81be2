package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import java.net.URL;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** One generation's lease on its plugin's database. */
final class PluginDatabase implements Databases.Lease {

    private final String pluginId;
    private final Databases.SharedPools shared;
    private final URL resources;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    PluginDatabase(String pluginId, Databases.SharedPools shared, URL resources, Runnable giveBack) {
        this.pluginId = pluginId;
        this.shared = shared;
        this.resources = resources;
        this.giveBack = giveBack;
    }

    @Override
    public DataSource dataSource() {
        return shared.pools.writers();
    }

    @Override
    public DataSource readOnlyDataSource() {
        return shared.pools.readers();
    }

    @Override
    public Dialect dialect() {
        return shared.pools.dialect();
    }

    @Override
    public void migrate(String folder) {
        Migrations.run(pluginId, shared.pools, resources, folder);
    }

    @Override
    public void createTaskTables() {
        Migrations.runForTasks(pluginId, shared.pools);
    }

    @Override
    public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
        return Outages.of(failure);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
