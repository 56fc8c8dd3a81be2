package dev.belfry.notifications.jooq.search;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM_GAP;
import static org.jooq.impl.DSL.inline;

import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.jooq.transaction.Throttle;
import dev.belfry.notifications.jooq.transaction.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * The trigrams that occur in any text (table trigram). A word of one or two characters has no trigram of its own, so a search
 * uses the trigrams that begin with it. A trigram is stored before the first text of a day that has it, and deleted when all
 * texts of its last day are purged. In between, a trigram that no text has anymore only costs a lookup.
 */
public final class TrigramTable {

    /** A word that begins more trigrams than these is searched for without the index. */
    static final int MAX_MATCHES = 100;

    /** The cache is cleared at this size, some ten MiB. */
    private static final int MAX_KNOWN = 200_000;

    /** Texts per transaction of {@link #catchUp}. */
    private static final int STEP = 500;

    /** Characters per transaction of {@link #catchUp}, unless a single text is longer. */
    private static final int STEP_LENGTH = 500_000;

    private static final int FETCH_SIZE = 10;
    private static final int PURGE_STEP = 5_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final DSLContext reads;
    private final Transactions transactions;
    private final ListParameters lists;

    /** Trigrams that this host has stored for {@link #day}. */
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    private volatile long day;
    private volatile long lastPurged;
    private volatile boolean complete;

    public TrigramTable(DSLContext reads, Transactions transactions, ListParameters lists) {
        this.reads = reads;
        this.transactions = transactions;
        this.lists = lists;
    }

    /** Stores the trigrams of the rows. Has to happen before the rows are inserted. */
    public void add(Collection<StoredRow> rows) {
        rows.stream().mapToLong(row -> dayOf(row.position())).max().ifPresent(this::startDay);
        Set<Long> unknown = unknown(rows.stream().map(StoredRow::folded));
        if (!unknown.isEmpty()) {
            transactions.write(transaction -> insert(transaction, unknown));
            remember(unknown);
        }
    }

    private static long dayOf(long position) {
        return SortKeys.createdOf(position).getEpochSecond() / SECONDS_PER_DAY;
    }

    /** Days only move forward: a trigram whose day is too late is only kept longer. */
    private synchronized void startDay(long today) {
        if (today > day) {
            known.clear();
            day = today;
        }
    }

    /** Deletes trigrams that only texts created until then had. */
    public void purge(Instant until) {
        // Two days less, because the clock of another host may be ahead.
        long last = until.getEpochSecond() / SECONDS_PER_DAY - 2;
        if (last <= lastPurged) {
            return;
        }
        long after = Long.MIN_VALUE;
        Throttle throttle = new Throttle();
        while (true) {
            Result<Record2<Long, Integer>> page = reads.select(TRIGRAM.GRAM, TRIGRAM.SEEN)
                    .from(TRIGRAM)
                    .where(TRIGRAM.GRAM.gt(after))
                    .orderBy(TRIGRAM.GRAM)
                    .limit(PURGE_STEP)
                    .fetch();
            if (page.isEmpty()) {
                lastPurged = last;
                return;
            }
            after = page.getLast().value1();
            List<Long> old = page.stream()
                    .filter(row -> row.value2() <= last)
                    .map(Record2::value1)
                    .toList();
            if (old.isEmpty()) {
                continue;
            }
            if (!throttle.pause()) {
                return;
            }
            throttle.run(() -> transactions.write(transaction -> transaction
                    .deleteFrom(TRIGRAM)
                    .where(TRIGRAM.GRAM.in(lists.listed(old)))
                    .and(TRIGRAM.SEEN.le((int) last))
                    .execute()));
        }
    }

    /** Clears the cache: a database that was unavailable may have lost its last writes. */
    public void clearCache() {
        known.clear();
    }

    /**
     * The trigrams that begin with a text of fewer characters.
     *
     * @return empty when the table is not complete yet, or has more than {@value #MAX_MATCHES} of them
     */
    public Optional<List<Trigram>> startingWith(String folded) {
        if (!isComplete()) {
            return Optional.empty();
        }
        List<Trigram> found = reads.select(TRIGRAM.GRAM)
                .from(TRIGRAM)
                .where(TRIGRAM.GRAM.between(Trigram.firstWith(folded), Trigram.lastWith(folded)))
                .limit(MAX_MATCHES + 1)
                .fetch(row -> new Trigram(row.value1()));
        return found.size() > MAX_MATCHES ? Optional.empty() : Optional.of(found);
    }

    private boolean isComplete() {
        if (!complete) {
            complete = !reads.fetchExists(TRIGRAM_GAP);
        }
        return complete;
    }

    /** Adds the trigrams of texts that are older than the table, newest first, on one host at a time. */
    public void catchUp() {
        Throttle throttle = new Throttle();
        while (!isComplete()) {
            Optional<Set<Long>> added = throttle.run(() -> transactions.withAdvisoryLock("trigrams", this::step));
            added.ifPresent(this::remember);
            if (added.isEmpty() || !throttle.pause()) {
                return;
            }
        }
    }

    /** @return the trigrams that were added */
    private Set<Long> step(DSLContext transaction) {
        Long until =
                transaction.select(DSL.max(TRIGRAM_GAP.UNTIL)).from(TRIGRAM_GAP).fetchSingle(0, Long.class);
        if (until == null) {
            return Set.of();
        }
        List<Record2<Long, String>> rows = newest(transaction, until);
        if (rows.isEmpty()) {
            transaction.deleteFrom(TRIGRAM_GAP).execute();
            return Set.of();
        }
        startDay(dayOf(rows.getFirst().value1()));
        Set<Long> unknown = unknown(rows.stream().map(Record2::value2));
        insert(transaction, unknown);
        transaction
                .update(TRIGRAM_GAP)
                .set(TRIGRAM_GAP.UNTIL, rows.getLast().value1() - 1)
                .execute();
        return unknown;
    }

    private static List<Record2<Long, String>> newest(DSLContext transaction, long until) {
        List<Record2<Long, String>> rows = new ArrayList<>();
        int length = 0;
        try (Cursor<Record2<Long, String>> found = transaction
                .select(NOTIFICATION.POS, NOTIFICATION.FOLDED)
                .from(NOTIFICATION)
                .where(NOTIFICATION.POS.le(until))
                .orderBy(NOTIFICATION.POS.desc())
                .limit(STEP)
                .fetchSize(FETCH_SIZE)
                .fetchLazy()) {
            while (length < STEP_LENGTH && found.hasNext()) {
                Record2<Long, String> row = found.fetchNext();
                rows.add(row);
                length += row.value2().length();
            }
        }
        return rows;
    }

    /** Sorted, so that two writers that insert the same trigrams cannot deadlock. */
    private Set<Long> unknown(Stream<String> folded) {
        Set<Long> unknown = new TreeSet<>();
        folded.forEach(text -> Trigram.eachOf(text, number -> {
            if (!known.contains(number)) {
                unknown.add(number);
            }
        }));
        return unknown;
    }

    private int insert(DSLContext transaction, Set<Long> numbers) {
        return transaction
                .insertInto(TRIGRAM, TRIGRAM.GRAM, TRIGRAM.SEEN)
                .select(DSL.select(Params.POSITION, inline((int) day))
                        .from(lists.listed(List.copyOf(numbers)).asTable("added"))
                        // Without a condition, SQLite parses "on conflict" as a join condition.
                        .where(inline(1).eq(inline(1))))
                .onConflict(TRIGRAM.GRAM)
                .doUpdate()
                .set(TRIGRAM.SEEN, DSL.excluded(TRIGRAM.SEEN))
                .where(TRIGRAM.SEEN.lt(DSL.excluded(TRIGRAM.SEEN)))
                .execute();
    }

    private void remember(Collection<Long> numbers) {
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        known.addAll(numbers);
    }
}
