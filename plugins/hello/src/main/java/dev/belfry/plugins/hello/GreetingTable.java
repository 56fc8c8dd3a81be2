package dev.belfry.plugins.hello;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Counts the greetings of each name. */
final class GreetingTable {

    /** One statement, so that concurrent greetings both count; valid on SQLite and PostgreSQL. */
    private static final String COUNT = """
            insert into greeting (name, times) values (?, 1)
            on conflict (name) do update set times = greeting.times + 1
            returning times""";

    private final DataSource database;

    GreetingTable(DataSource database) {
        this.database = database;
    }

    int count(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt("times");
            }
        }
    }
}
