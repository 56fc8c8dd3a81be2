package dev.belfry.notifications.jooq.audience;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.jooq.transaction.PostgresTransactions;
import dev.belfry.notifications.jooq.transaction.SqliteTransactions;
import dev.belfry.testkit.TestDatabase;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sets of groups never share a number, even if their hashes are equal. */
class AudiencesTest {

    /** All sets have one hash, and then the next. */
    private static final ToLongFunction<String> COLLIDING =
            set -> 1_000 + set.chars().filter(c -> c == '#').count();

    private static DSLContext sql(TestDatabase database) {
        database.migrate(JooqNotificationStore.MIGRATIONS);
        return DSL.using(
                database.dataSource(),
                database.dialect() == Dialect.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES,
                new Settings().withRenderSchema(false));
    }

    private static Audiences audiences(DSLContext sql, ToLongFunction<String> hash) {
        return new Audiences(
                sql.dialect() == SQLDialect.SQLITE ? new SqliteTransactions(sql) : new PostgresTransactions(sql), hash);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSetWhoseNumberIsInUseGetsAnother(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            DSLContext sql = sql(database);
            Audiences audiences = audiences(sql, COLLIDING);

            assertThat(audiences.of(groups("a", "b"))).isEqualTo(1_000);
            assertThat(audiences.of(groups("c"))).isEqualTo(1_001);
            assertThat(audiences.of(groups("a"))).isEqualTo(1_002);
            assertThat(audiences.of(groups("a", "b"))).isEqualTo(1_000);
            // As on another host.
            assertThat(audiences(sql, COLLIDING).of(groups("c"))).isEqualTo(1_001);
            assertThat(sql.select(AUDIENCE_GROUP.GROUP_REF)
                            .from(AUDIENCE_GROUP)
                            .where(AUDIENCE_GROUP.AUDIENCE.eq(1_000L))
                            .fetchSet(AUDIENCE_GROUP.GROUP_REF))
                    .containsExactlyInAnyOrder("default/a", "default/b");
        }
    }
}
