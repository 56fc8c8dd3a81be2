package dev.belfry.benchmarks.baseline;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import dev.belfry.api.web.ApiError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Three routes behind the same checks as those of the notifications: a constant, a row by its key, a row that is inserted and
 * committed. By JDBC alone, so that nothing but the host and the database is measured.
 */
public final class BaselinePlugin implements Plugin {

    private static final Permission READ = new Permission("baseline.read", Action.READ);
    private static final Permission CREATE = new Permission("baseline.create", Action.CREATE);

    private record Row(long id, String title) {}

    @Override
    public void start(PluginContext context) {
        context.database().migrate("db/migration");
        DataSource reads = context.database().readOnlyDataSource();
        DataSource writes = context.database().dataSource();
        context.routes(routes -> {
            routes.get("/constant", READ, (request, caller) -> request.json(new Row(1, "constant")));
            routes.get("/rows/{id}", READ, (request, caller) -> request.json(row(reads, request.pathParam("id"))));
            routes.post("/rows", CREATE, (request, caller) -> request.json(new Row(insert(writes), "written")));
        });
    }

    private static Row row(DataSource reads, String id) throws SQLException {
        try (Connection connection = reads.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select id, title from stored where id = ?")) {
            statement.setLong(1, Long.parseLong(id));
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw ApiError.notFound("there is no row " + id);
                }
                return new Row(result.getLong(1), result.getString(2));
            }
        } catch (NumberFormatException e) {
            throw ApiError.input("'" + id + "' is no number");
        }
    }

    private static int insert(DataSource writes) throws SQLException {
        try (Connection connection = writes.getConnection();
                PreparedStatement statement = connection.prepareStatement("insert into written (title) values (?)")) {
            statement.setString(1, "written");
            return statement.executeUpdate();
        }
    }
}
