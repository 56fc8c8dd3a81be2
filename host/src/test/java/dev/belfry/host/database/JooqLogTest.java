package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jooq.impl.DSL;
import org.jooq.tools.JooqLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqLogTest {

    @TempDir
    private Path folder;

    /** A supported server is no reason for a warning: PostgreSQL 15 works, and jOOQ's release does not name it. */
    @Test
    void jooqDoesNotWarnOfTheVersionOfAServer() throws Exception {
        Databases.loadSqlite(folder);

        Class<?> owner = Class.forName("org.jooq.impl.DefaultExecuteContext");
        assertThat(JooqLogger.getLogger(owner, "logVersionSupport", 1).isWarnEnabled())
                .isFalse();
        assertThat(JooqLogger.getLogger(DSL.class).isWarnEnabled()).isTrue();
    }
}
