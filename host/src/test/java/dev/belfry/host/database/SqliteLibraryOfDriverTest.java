package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryOfDriverTest {

    /** Two copies of the library in one JVM would share memory and crash. */
    @Test
    void aLibraryLoadedByTheDriverIsNotLoadedAgain(@TempDir Path data) throws SQLException {
        try (Connection used = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            SqliteLibrary.load(data);

            assertThat(data.resolve("native")).doesNotExist();
            assertThat(used.isValid(1)).isTrue();
        }
    }
}
