package dev.belfry.notifications.jooq.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache key without one of the things that change the SQL text would run the SQL of another query. */
class StatementCacheTest {

    /** More than the uses between two checks. */
    private static final int USES = 20;

    private Connection connection;
    private StatementCache statements;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        statements = new StatementCache(DSL.using(connection, SQLDialect.SQLITE));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static Select<?> withNegatedValue(boolean negated) {
        Field<Long> value = param("value", Long.class);
        return select(negated ? value.neg() : value);
    }

    private List<Long> fetch(Object cacheKey, boolean negated) {
        return statements.fetch(
                new BoundQuery(cacheKey, () -> withNegatedValue(negated), Map.of("value", 7L)), row -> row.getLong(1));
    }

    @Test
    void aKeyOfTwoStatementsFailsTheTestThatUsesIt() {
        assertThat(fetch("incomplete", false)).containsExactly(7L);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < USES; i++) {
                        fetch("incomplete", true);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessage("cache key incomplete stands for two statements");
    }

    @Test
    void eachKeyHasItsStatement() {
        for (int i = 0; i < USES; i++) {
            assertThat(fetch("plain", false)).containsExactly(7L);
            assertThat(fetch("negated", true)).containsExactly(-7L);
        }
    }
}
