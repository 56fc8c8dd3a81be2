package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM;
import static dev.belfry.notifications.jooq.schema.Tables.TRIGRAM_GAP;
import static org.jooq.impl.DSL.inline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * Which trigrams there are in anybody's texts. A word of one or two characters has none of its own, so it is looked for by those that
 * begin with it. One is written down before the first text that has it, and never removed: that nobody has it any more only costs a
 * look.
 */
final class Trigrams {

    /** A word that begins more of them is frequent, or too many to ask for. */
    static final int MAX_BEGUN = 100;

    /** Some ten MiB. */
    private static final int MAX_KNOWN = 200_000;

    /** Texts that one transaction makes up for. */
    private static final int STEP = 500;

    private final DSLContext reads;
    private final Flavour flavour;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private volatile boolean complete;

    Trigrams(DSLContext reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    /** To be done before the rows are stored. */
    void learn(Collection<StoredRow> rows) {
        Set<Long> unknown = unknown(rows.stream().map(StoredRow::folded));
        if (!unknown.isEmpty()) {
            flavour.write(inside -> insert(inside, unknown));
            remember(unknown);
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
        Pace pace = new Pace();
        while (!isComplete()) {
            Optional<Set<Long>> learnt = pace.time(() -> flavour.writeAlone("trigrams", this::step));
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
        Result<Record2<Long, String>> rows = inside.select(NOTIFICATION.POS, NOTIFICATION.FOLDED)
                .from(NOTIFICATION)
                .where(NOTIFICATION.POS.le(until))
                .orderBy(NOTIFICATION.POS.desc())
                .limit(STEP)
                .fetch();
        if (rows.isEmpty()) {
            inside.deleteFrom(TRIGRAM_GAP).execute();
            return Set.of();
        }
        Set<Long> unknown = unknown(rows.stream().map(Record2::value2));
        insert(inside, unknown);
        inside.update(TRIGRAM_GAP)
                .set(TRIGRAM_GAP.UNTIL, rows.getLast().value1() - 1)
                .execute();
        return unknown;
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
        return inside.insertInto(TRIGRAM, TRIGRAM.GRAM)
                .select(DSL.select(Ways.POSITION)
                        .from(flavour.listed(List.copyOf(numbers)).asTable("learnt"))
                        // Without a condition SQLite takes the "on" of the conflict for that of a join.
                        .where(inline(1).eq(inline(1))))
                .onConflictDoNothing()
                .execute();
    }

    private void remember(Collection<Long> numbers) {
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        known.addAll(numbers);
    }
}
