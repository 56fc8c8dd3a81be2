package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM_GAP;
import static org.jooq.impl.DSL.inline;

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
 * Which trigrams there are in anybody's texts. A word of one or two characters has none of its own, so it is looked for by those that
 * begin with it. One is written down before the first text of a day that has it, and removed when all texts of its last day have
 * gone. Until then a trigram that no text has only costs a look.
 */
final class Trigrams {

    /** A word that begins more of them is frequent, or too many to ask for. */
    static final int MAX_BEGUN = 100;

    /** Some ten MiB. */
    private static final int MAX_KNOWN = 200_000;

    /** Texts that one transaction makes up for, unless they are long. */
    private static final int STEP = 500;

    /** Characters of texts that one transaction makes up for, if a single text has no more. */
    private static final int STEP_LENGTH = 500_000;

    private static final int FETCHED = 10;
    private static final int WALKED = 5_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final DSLContext reads;
    private final Flavour flavour;

    /** Written down for {@link #day}, by this host. */
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    private volatile long day;
    private volatile long forgotten;
    private volatile boolean complete;

    Trigrams(DSLContext reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    /** To be done before the rows are stored. */
    void learn(Collection<StoredRow> rows) {
        rows.stream().mapToLong(row -> dayOf(row.position())).max().ifPresent(this::begin);
        Set<Long> unknown = unknown(rows.stream().map(StoredRow::folded));
        if (!unknown.isEmpty()) {
            flavour.write(inside -> insert(inside, unknown));
            remember(unknown);
        }
    }

    private static long dayOf(long position) {
        return SortKeys.createdOf(position).getEpochSecond() / SECONDS_PER_DAY;
    }

    /** Days only move forward: a trigram that seems newer than it is is kept for longer. */
    private synchronized void begin(long today) {
        if (today > day) {
            known.clear();
            day = today;
        }
    }

    /** Removes what only texts had that were created until then. */
    void forget(Instant until) {
        // Another host may have written in its own day, and its clock may go before this one's.
        long last = until.getEpochSecond() / SECONDS_PER_DAY - 2;
        if (last <= forgotten) {
            return;
        }
        long after = Long.MIN_VALUE;
        Throttle pace = new Throttle();
        while (true) {
            Result<Record2<Long, Integer>> walked = reads.select(TRIGRAM.GRAM, TRIGRAM.SEEN)
                    .from(TRIGRAM)
                    .where(TRIGRAM.GRAM.gt(after))
                    .orderBy(TRIGRAM.GRAM)
                    .limit(WALKED)
                    .fetch();
            if (walked.isEmpty()) {
                forgotten = last;
                return;
            }
            after = walked.getLast().value1();
            List<Long> old = walked.stream()
                    .filter(row -> row.value2() <= last)
                    .map(Record2::value1)
                    .toList();
            if (old.isEmpty()) {
                continue;
            }
            if (!pace.rest()) {
                return;
            }
            pace.time(() -> flavour.write(inside -> inside.deleteFrom(TRIGRAM)
                    .where(TRIGRAM.GRAM.in(flavour.listed(old)))
                    .and(TRIGRAM.SEEN.le((int) last))
                    .execute()));
        }
    }

    /** A database that was away may have come back without what it was told last. */
    void doubt() {
        known.clear();
    }

    /**
     * Those that begin with a text of fewer characters.
     *
     * @return empty when they are not all known yet, or too many
     */
    Optional<List<Trigram>> begunBy(String folded) {
        if (!isComplete()) {
            return Optional.empty();
        }
        List<Trigram> begun = reads.select(TRIGRAM.GRAM)
                .from(TRIGRAM)
                .where(TRIGRAM.GRAM.between(Trigram.firstWith(folded), Trigram.lastWith(folded)))
                .limit(MAX_BEGUN + 1)
                .fetch(row -> new Trigram(row.value1()));
        return begun.size() > MAX_BEGUN ? Optional.empty() : Optional.of(begun);
    }

    private boolean isComplete() {
        if (!complete) {
            complete = !reads.fetchExists(TRIGRAM_GAP);
        }
        return complete;
    }

    /** Makes up for texts that were stored before there was a table of trigrams, the newest first; one host at a time. */
    void catchUp() {
        Throttle pace = new Throttle();
        while (!isComplete()) {
            Optional<Set<Long>> learnt = pace.time(() -> flavour.withAdvisoryLock("trigrams", this::step));
            learnt.ifPresent(this::remember);
            if (learnt.isEmpty() || !pace.rest()) {
                return;
            }
        }
    }

    /** @return what it has written down */
    private Set<Long> step(DSLContext inside) {
        Long until = inside.select(DSL.max(TRIGRAM_GAP.UNTIL)).from(TRIGRAM_GAP).fetchSingle(0, Long.class);
        if (until == null) {
            return Set.of();
        }
        List<Record2<Long, String>> rows = newest(inside, until);
        if (rows.isEmpty()) {
            inside.deleteFrom(TRIGRAM_GAP).execute();
            return Set.of();
        }
        begin(dayOf(rows.getFirst().value1()));
        Set<Long> unknown = unknown(rows.stream().map(Record2::value2));
        insert(inside, unknown);
        inside.update(TRIGRAM_GAP)
                .set(TRIGRAM_GAP.UNTIL, rows.getLast().value1() - 1)
                .execute();
        return unknown;
    }

    private static List<Record2<Long, String>> newest(DSLContext inside, long until) {
        List<Record2<Long, String>> rows = new ArrayList<>();
        int length = 0;
        try (Cursor<Record2<Long, String>> found = inside.select(NOTIFICATION.POS, NOTIFICATION.FOLDED)
                .from(NOTIFICATION)
                .where(NOTIFICATION.POS.le(until))
                .orderBy(NOTIFICATION.POS.desc())
                .limit(STEP)
                .fetchSize(FETCHED)
                .fetchLazy()) {
            while (length < STEP_LENGTH && found.hasNext()) {
                Record2<Long, String> row = found.fetchNext();
                rows.add(row);
                length += row.value2().length();
            }
        }
        return rows;
    }

    /** In order, so that two who insert the same never wait for each other in a circle. */
    private Set<Long> unknown(Stream<String> folded) {
        Set<Long> unknown = new TreeSet<>();
        folded.forEach(text -> Trigram.eachOf(text, number -> {
            if (!known.contains(number)) {
                unknown.add(number);
            }
        }));
        return unknown;
    }

    private int insert(DSLContext inside, Set<Long> numbers) {
        return inside.insertInto(TRIGRAM, TRIGRAM.GRAM, TRIGRAM.SEEN)
                .select(DSL.select(InboxSelection.POSITION, inline((int) day))
                        .from(flavour.listed(List.copyOf(numbers)).asTable("learnt"))
                        // Without a condition SQLite takes the "on" of the conflict for that of a join.
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
