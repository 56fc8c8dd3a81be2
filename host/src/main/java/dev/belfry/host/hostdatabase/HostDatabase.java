package dev.belfry.host.hostdatabase;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.database.Databases;
import java.net.URL;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The host's own database, {@code host}. It is opened when it is first used: a host on which nobody signs in needs none. An attempt that
 * fails is repeated at the next use.
 */
public final class HostDatabase implements AutoCloseable {

    /** Its name among the databases of the plugins. */
    public static final String ID = "host";

    private static final String MIGRATIONS = "dev/belfry/host/hostdatabase";

    private final Databases databases;
    private final String version;
    private final URL resources;
    private @Nullable Opened opened;

    /** @param resources location of the host's own files */
    public HostDatabase(Databases databases, String version, URL resources) {
        this.databases = databases;
        this.version = version;
        this.resources = resources;
    }

    private record Opened(Databases.Lease lease, DSLContext sql) {}

    /** @throws dev.belfry.api.database.DatabaseUnavailable while it cannot serve */
    <T> T call(Function<DSLContext, T> statement) {
        Opened database = opened();
        try {
            return statement.apply(database.sql());
        } catch (RuntimeException e) {
            throw database.lease()
                    .unavailability(e)
                    .<RuntimeException>map(unavailable -> unavailable)
                    .orElse(e);
        }
    }

    void run(Function<DSLContext, Integer> statement) {
        call(statement);
    }

    /** Whether a statement has been run. */
    public synchronized boolean isOpen() {
        return opened != null;
    }

    private synchronized Opened opened() {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    private Opened open() {
        Databases.Lease lease;
        try {
            lease = databases.open(ID, version, resources);
        } catch (SQLException e) {
            // It is opened by requests: an operator reads the reason in the log, and the next request tries again.
            throw new DatabaseUnavailable(String.valueOf(e.getMessage()), DatabaseUnavailable.Reason.AWAY, e);
        }
        try {
            lease.migrate(MIGRATIONS);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        SQLDialect dialect = lease.dialect() == Dialect.POSTGRESQL ? SQLDialect.POSTGRES : SQLDialect.SQLITE;
        return new Opened(
                lease,
                DSL.using(
                        lease.dataSource(),
                        dialect,
                        new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)));
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(opened).ifPresent(database -> database.lease().close());
    }
}
