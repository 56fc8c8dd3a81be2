package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryOfDriverTest {

    /** Methods of two copies in one JVM would work on each other's connections: a segmentation fault. */
    @Test
    void aLibraryLoadedByTheDriverIsNotLoadedAgain(@TempDir Path data) throws SQLException {
        try (Connection used = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            SqliteLibrary.load(data);

            assertThat(data.resolve("native")).doesNotExist();
            assertThat(used.isValid(1)).isTrue();
        }
    }
}
