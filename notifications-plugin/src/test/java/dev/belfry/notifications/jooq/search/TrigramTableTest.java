package dev.belfry.notifications.jooq.search;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM_GAP;
import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.jooq.audience.Audiences;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.PostgresListParameters;
import dev.belfry.notifications.jooq.statement.SqliteListParameters;
import dev.belfry.notifications.jooq.transaction.PostgresTransactions;
import dev.belfry.notifications.jooq.transaction.SqliteTransactions;
import dev.belfry.notifications.jooq.transaction.Transactions;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of one and two characters have no trigram. They are found by the trigrams that begin with them. */
class TrigramTableTest {

    private static final int MANY = 1_100;
    private static final int MAX = 500;

    /** The tests that run on each database. */
    abstract static class OnDatabase {

        private static final Recipient ADA = recipient("ada");

        private final TestDatabase database;
        private final DSLContext sql;
        private final Transactions transactions;
        private final SearchIndex index;
        private final TrigramTable trigrams;
        private final JooqNotificationStore store;

        OnDatabase(Dialect dialect) {
            database = TestDatabase.migrated(dialect, JooqNotificationStore.class, JooqNotificationStore.MIGRATIONS);
            sql = DSL.using(
                    database.dataSource(),
                    dialect == Dialect.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES,
                    new Settings().withRenderSchema(false));
            boolean sqlite = dialect == Dialect.SQLITE;
            ListParameters lists = sqlite ? new SqliteListParameters() : new PostgresListParameters();
            transactions = sqlite ? new SqliteTransactions(sql) : new PostgresTransactions(sql);
            index = sqlite ? new SqliteSearchIndex(lists, sql) : new PostgresSearchIndex(sql, sql, database);
            trigrams = new TrigramTable(sql, transactions, lists);
            store = new JooqNotificationStore(database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        private void sendOn(Instant day, String title) {
            store.save(
                    List.of(new AddressedNotification(
                            new Notification(id(day, 0), new Content("tests", title, null, null, List.of()), true),
                            Addressees.EVERYONE)),
                    null);
        }

        private List<String> known() {
            return sql.select(TRIGRAM.GRAM).from(TRIGRAM).fetch(row -> new Trigram(row.value1()).text());
        }

        @Test
        void trigramsOfPurgedTextsAreDeleted() {
            sendOn(NOON, "old");
            sendOn(NOON.plus(Duration.ofDays(5)), "new");
            sendOn(NOON.plus(Duration.ofDays(6)), "both old");
            sendOn(NOON.plus(Duration.ofDays(7)), "gone");
            assertThat(known()).contains("old", "new", "gon");

            store.purge(new RetentionCutoff(NOON.plus(Duration.ofDays(7)), Map.of()));
            assertThat(known()).contains("old", "gon").doesNotContain("new");

            store.purge(new RetentionCutoff(NOON.plus(Duration.ofDays(10)), Map.of()));
            assertThat(known()).isEmpty();
        }

        @Test
        void noTrigramIsDeletedWhileSomeTextsAreKeptForever() {
            sendOn(NOON, "old");

            store.purge(new RetentionCutoff(null, Map.of("topic", NOON.plus(Duration.ofDays(100)))));

            assertThat(known()).contains("old");
        }

        /** Sends a notification with the title and message, and then many with others. */
        private void send(String title, @Nullable String message) {
            List<AddressedNotification> notifications = new ArrayList<>();
            notifications.add(addressed(0, title, message));
            IntStream.rangeClosed(1, MANY).forEach(i -> notifications.add(addressed(i, "hay " + i, "hay")));
            store.save(notifications, null);
            store.prepareSearch();
        }

        private static AddressedNotification addressed(int place, String title, @Nullable String message) {
            return new AddressedNotification(
                    new Notification(
                            id(NOON.plusMillis(place), 0), new Content("tests", title, message, null, List.of()), true),
                    Addressees.EVERYONE);
        }

        private Optional<List<Long>> candidates(String word) {
            return trigrams.startingWith(Folding.fold(word))
                    .flatMap(begun -> begun.isEmpty() ? Optional.of(List.of()) : index.candidates(begun, MAX));
        }

        private long found(String word) {
            return found(store, word);
        }

        private static long found(JooqNotificationStore store, String word) {
            Filter filter = new Filter(Scope.ALL, word, null, null);
            long count = store.count(ADA, filter);
            assertThat(store.page(ADA, filter, Order.NEWEST_FIRST, 0, 10).items())
                    .hasSize((int) Math.min(10, count));
            return count;
        }

        /** In the middle, at the begin, and at the ends of title, message and words. */
        @ParameterizedTest
        @CsvSource({
            "zebra, , ze",
            "zebra, , br",
            "zebra, , ra",
            "zebra, lion, ra",
            "zebra, lion, on",
            "zebra, a lion, li",
            "Übung, , ÜB",
            "中文消息, , 文消",
            "中文消息, , 消息",
            "中文消息, lion, 消息",
            "in 中文 zq, lion, 中文",
            "100%_done, , 10",
            "the ox, lion, OX",
            "the zq., lion, zq"
        })
        void aWordOfTwoCharactersIsFoundByTheIndex(String title, @Nullable String message, String word) {
            send(title, message);

            assertThat(candidates(word))
                    .hasValueSatisfying(found ->
                            assertThat(found).contains(SortKeys.of(id(NOON, 0))).hasSizeLessThan(MAX));
            assertThat(found(word))
                    .isEqualTo(sql.fetchCount(NOTIFICATION, NOTIFICATION.FOLDED.contains(Folding.fold(word))));
        }

        @ParameterizedTest
        @CsvSource({"zebra, z", "消息, 消", "a q, x"})
        void aWordOfOneCharacterIsFoundByTheIndex(String title, String word) {
            send(title, "lion");

            assertThat(candidates(word))
                    .hasValueSatisfying(found -> assertThat(found).hasSize(title.contains(word) ? 1 : 0));
            assertThat(found(word)).isEqualTo(title.contains(word) ? 1 : 0);
        }

        /** The separator of title and message, its replacement in texts, and the character that the index maps both to. */
        @ParameterizedTest
        @CsvSource({
            "a\uFFFF, a\uFFFF, 1",
            "a\uFFFE, a\uFFFF, 1",
            "a\uFFFD, a\uFFFD, 1",
            "lion, n\uFFFF, 0",
            "n, n\uFFFD, 0"
        })
        void noncharactersAreFound(String title, String word, int count) {
            send(title, "lion");

            assertThat(found(word)).isEqualTo(count);
        }

        @Test
        void aWordThatBeginsTooManyTrigramsIsSearchedForInTheInbox() {
            IntStream.rangeClosed(0, TrigramTable.MAX_MATCHES)
                    .forEach(i -> store.save(List.of(addressed(i, "zq" + (char) (0x4E00 + i), null)), null));
            store.prepareSearch();

            assertThat(candidates("zq")).isEmpty();
            assertThat(found("zq")).isEqualTo(TrigramTable.MAX_MATCHES + 1);
        }

        /** As after an upgrade, while other hosts send already. */
        @Test
        void trigramsOfOlderTextsAreAdded() {
            send("zebra", null);
            sql.deleteFrom(TRIGRAM).execute();
            sql.insertInto(TRIGRAM_GAP, TRIGRAM_GAP.UNTIL)
                    .values(sql.fetchValue(DSL.select(DSL.max(NOTIFICATION.POS)).from(NOTIFICATION)))
                    .execute();
            JooqNotificationStore updated = new JooqNotificationStore(database);
            updated.save(List.of(addressed(MANY + 1, "zoo", null)), null);

            assertThat(candidates("ze")).as("the table is not complete yet").isEmpty();
            assertThat(found(updated, "ze")).isEqualTo(1);

            updated.prepareSearch();
            assertThat(sql.fetchCount(TRIGRAM_GAP)).isZero();
            assertThat(candidates("ze"))
                    .hasValueSatisfying(found -> assertThat(found).hasSize(1));
            assertThat(candidates("z"))
                    .hasValueSatisfying(found -> assertThat(found).hasSize(2));
            assertThat(sql.fetchCount(TRIGRAM)).isEqualTo((int) sql.fetch(NOTIFICATION).stream()
                    .flatMap(row -> TrigramTest.of(row.get(NOTIFICATION.FOLDED)).stream())
                    .distinct()
                    .count());
        }

        @Test
        void trigramsThatTheDatabaseMayHaveLostAreStoredAgain() {
            List<StoredRow> rows = List.of(StoredRow.of(addressed(0, "zebra", null), new Audiences(transactions)));
            trigrams.add(rows);
            int all = sql.fetchCount(TRIGRAM);
            sql.deleteFrom(TRIGRAM).execute();

            trigrams.add(rows);
            assertThat(sql.fetchCount(TRIGRAM))
                    .as("a cached trigram is not stored again")
                    .isZero();
            trigrams.clearCache();
            trigrams.add(rows);
            assertThat(sql.fetchCount(TRIGRAM)).isEqualTo(all).isEqualTo(5);
        }
    }

    @Nested
    class OnSqlite extends OnDatabase {
        OnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends OnDatabase {
        OnPostgres() {
            super(Dialect.POSTGRESQL);
        }
    }
}
