package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to recorded changes later: they are deleted, or the database is restored elsewhere. */
class ChangeUpkeepTest {

    private static final Recipient ADA = Samples.recipient("ada");

    private static TestDatabase open(Dialect dialect) {
        return TestDatabase.migrated(dialect, JooqNotificationStore.class, JooqNotificationStore.MIGRATIONS);
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Notification save(JooqNotificationStore store, int place) {
        Notification notification = Samples.titled(Samples.id(Samples.NOON, place), "n" + place);
        store.save(notification, Samples.users("ada"));
        return notification;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aCursorBeforeDeletedChangesIsUnknown(Dialect dialect) throws SQLException {
        try (TestDatabase database = open(dialect)) {
            JooqNotificationStore store = new JooqNotificationStore(database);
            Notification notification = save(store, 1);
            ChangeCursor before = store.present();
            store.mark(ADA, notification.id(), true);
            ChangeCursor between = store.present();
            store.deleteOldChanges();
            assertThat(store.since(before, true).changes()).as("not old yet").hasSize(1);

            execute(
                    database,
                    "update inbox_change set made = made - 31 * 60" + (dialect == Dialect.SQLITE ? "" : " * 1000000"));
            store.mark(ADA, notification.id(), false);
            store.deleteOldChanges();

            assertThat(store.since(before, true).known()).isFalse();
            ChangeBatch since = store.since(between, true);
            assertThat(since.known()).isTrue();
            assertThat(since.changes()).as("the young one").hasSize(1);
            store.mark(ADA, notification.id(), true);
            assertThat(store.since(since.cursor(), true).changes()).hasSize(1);
        }
    }

    @Test
    void aDumpThatIsRestoredElsewhereIsAnotherDatabase() throws SQLException {
        try (TestDatabase database = open(Dialect.POSTGRESQL)) {
            JooqNotificationStore store = new JooqNotificationStore(database);
            store.adopt();
            ChangeCursor before = store.present();
            save(store, 1);
            store.adopt();
            assertThat(store.since(before, true).changes())
                    .as("the same database")
                    .hasSize(1);

            // As after a restore: the rows are of transactions that this server has not begun.
            execute(database, "update notification set change = '900000000000'");
            execute(database, "update change_source set cluster = 'another'");
            store.adopt();

            assertThat(store.since(before, true).known()).isFalse();
            ChangeCursor now = store.present();
            assertThat(store.since(now, true).changes()).isEmpty();
            save(store, 2);
            assertThat(store.since(now, true).changes()).hasSize(1);
        }
    }

    /** Transactions in the order of their numbers would miss this one. */
    @Test
    void aTransactionThatCommitsLaterThanAYoungerOneIsToldOnce() throws SQLException {
        try (TestDatabase database = open(Dialect.POSTGRESQL);
                Connection slow = database.dataSource().getConnection();
                Statement statement = slow.createStatement()) {
            JooqNotificationStore store = new JooqNotificationStore(database);
            ChangeCursor begin = store.present();
            slow.setAutoCommit(false);
            statement.execute("insert into inbox_change (user_ref, ids, read) values ('default/ada', '', 1)");
            save(store, 1);
            ChangeBatch first = store.since(begin, false);
            slow.commit();
            slow.setAutoCommit(true);
            ChangeBatch second = store.since(first.cursor(), false);

            assertThat(first.changes()).hasSize(1);
            assertThat(second.changes()).hasSize(1);
            assertThat(second.changes().getFirst().change())
                    .isLessThan(first.changes().getFirst().change());
            assertThat(store.since(second.cursor(), false).changes()).isEmpty();
            assertThat(store.parse(first.cursor().text()))
                    .hasValueSatisfying(cursor ->
                            assertThat(store.since(cursor, true).changes()).hasSize(1));
        }
    }
}
