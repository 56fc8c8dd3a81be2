package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections that write to a file, as long as it is there. Reads go on, so that the data can be exported. */
final class FilePool extends HikariDataSource {

    private final OpenFile file;

    FilePool(HikariConfig config, OpenFile file) {
        super(config);
        this.file = file;
    }

    /** @throws UnusableDatabase if the file is not there */
    void requireFile() throws UnusableDatabase {
        file.require();
    }

    @Override
    public Connection getConnection() throws SQLException {
        file.requireSoon();
        Connection connection = super.getConnection();
        file.opened();
        return connection;
    }
}
