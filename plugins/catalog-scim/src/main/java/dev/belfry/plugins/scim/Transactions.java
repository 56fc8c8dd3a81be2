package dev.belfry.plugins.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import dev.belfry.api.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions on the resources. Changes run one after the other, on all hosts, and each of them has a revision. */
final class Transactions {

    private static final String NEXT_REVISION = "update scim_revision set revision = revision + 1 where id = 1";
    private static final String REVISION = "select revision from scim_revision where id = 1";

    private final DataSource database;
    private final DataSource reading;

    Transactions(Database database) {
        this.database = database.dataSource();
        this.reading = database.readOnlyDataSource();
    }

    /** Work on the resources. */
    @FunctionalInterface
    interface Work<T> {
        T on(ResourceTable resources) throws SQLException, ScimException;
    }

    <T> T read(Work<T> work) throws SQLException, ScimException {
        try (Connection connection = reading.getConnection()) {
            return work.on(new ResourceTable(connection));
        }
    }

    /** All of the work, or nothing of it. */
    <T> T change(Work<T> work) throws SQLException, ScimException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // Locks the row: the next change waits here, and reads what this one has written.
                try (PreparedStatement next = connection.prepareStatement(NEXT_REVISION)) {
                    next.executeUpdate();
                }
                T result = work.on(new ResourceTable(connection));
                connection.commit();
                return result;
            } catch (SQLException | ScimException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** The number of changes so far. */
    long revision() throws SQLException {
        try (Connection connection = reading.getConnection();
                PreparedStatement statement = connection.prepareStatement(REVISION);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
