package dev.belfry.notifications.jooq;

import dev.belfry.api.database.Database;
import dev.belfry.notifications.jooq.change.ChangeSql;
import dev.belfry.notifications.jooq.change.PostgresChanges;
import dev.belfry.notifications.jooq.change.SqliteChanges;
import dev.belfry.notifications.jooq.counts.CounterSql;
import dev.belfry.notifications.jooq.counts.PostgresCounters;
import dev.belfry.notifications.jooq.counts.SqliteCounters;
import dev.belfry.notifications.jooq.insert.InsertSql;
import dev.belfry.notifications.jooq.insert.PostgresInserts;
import dev.belfry.notifications.jooq.insert.SqliteInserts;
import dev.belfry.notifications.jooq.query.InboxSql;
import dev.belfry.notifications.jooq.query.PostgresInboxSql;
import dev.belfry.notifications.jooq.query.SqliteInboxSql;
import dev.belfry.notifications.jooq.search.PostgresSearchIndex;
import dev.belfry.notifications.jooq.search.SearchIndex;
import dev.belfry.notifications.jooq.search.SqliteSearchIndex;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.PostgresListParameters;
import dev.belfry.notifications.jooq.statement.SqliteListParameters;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.jooq.transaction.PostgresTransactions;
import dev.belfry.notifications.jooq.transaction.SqliteTransactions;
import dev.belfry.notifications.jooq.transaction.Transactions;
import org.jooq.DSLContext;

/** Everything that differs by database. */
record SqlDialect(
        Transactions transactions,
        ListParameters lists,
        CounterSql counters,
        InboxSql inbox,
        InsertSql inserts,
        SearchIndex searchIndex,
        ChangeSql changes) {

    static SqlDialect postgres(DSLContext reads, DSLContext writes, StatementCache statements, Database database) {
        ListParameters lists = new PostgresListParameters();
        Transactions transactions = new PostgresTransactions(writes);
        return new SqlDialect(
                transactions,
                lists,
                new PostgresCounters(lists, reads, transactions),
                new PostgresInboxSql(lists),
                new PostgresInserts(writes, statements),
                new PostgresSearchIndex(reads, writes, database),
                new PostgresChanges(reads, transactions));
    }

    static SqlDialect sqlite(DSLContext reads, DSLContext writes, StatementCache statements) {
        ListParameters lists = new SqliteListParameters();
        Transactions transactions = new SqliteTransactions(writes);
        SqliteCounters counters = new SqliteCounters(lists, reads, transactions);
        return new SqlDialect(
                transactions,
                lists,
                counters,
                new SqliteInboxSql(lists, counters, statements),
                new SqliteInserts(transactions, statements),
                new SqliteSearchIndex(lists, reads),
                new SqliteChanges(reads, transactions));
    }
}
