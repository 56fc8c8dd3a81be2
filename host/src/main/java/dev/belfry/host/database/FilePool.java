package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to a file, as long as it is there. */
final class FilePool extends HikariDataSource {

    private final OpenFile file;

    FilePool(HikariConfig config, OpenFile file) {
        super(config);
        this.file = file;
    }

    @Override
    public Connection getConnection() throws SQLException {
        file.require();
        Connection connection = super.getConnection();
        file.opened();
        return connection;
    }
}
