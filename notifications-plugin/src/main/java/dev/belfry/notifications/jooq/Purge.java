package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.storage.RetentionCutoff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Result;

/** Removes what has had its time, and what hangs on it, in transactions that are short. */
final class Purge {

    /** How many notifications are looked at together. */
    private static final int LOOKED_AT = 1000;

    /** Rows that one transaction removes, unless a single notification has more. */
    private static final int ROWS = 2000;

    private final DSLContext reads;
    private final Flavour flavour;

    Purge(DSLContext reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
    }

    /** From the oldest on, so that of what is kept only that is looked at which some topic keeps for longer. */
    long purge(RetentionCutoff cutoff) {
        Optional<Instant> latest = cutoff.latest();
        if (latest.isEmpty()) {
            return 0;
        }
        long end = SortKeys.lastUntil(latest.get());
        long after = -1;
        long purged = 0;
        Throttle pace = new Throttle();
        while (true) {
            Result<Record2<Long, String>> found = reads.select(NOTIFICATION.POS, NOTIFICATION.TOPIC)
                    .from(NOTIFICATION)
                    .where(NOTIFICATION.POS.gt(after))
                    .and(NOTIFICATION.POS.le(end))
                    .orderBy(NOTIFICATION.POS)
                    .limit(LOOKED_AT)
                    .fetch();
            if (found.isEmpty()) {
                return purged;
            }
            List<Long> expired = found.stream()
                    .filter(row -> cutoff.covers(SortKeys.createdOf(row.value1()), row.value2()))
                    .map(Record2::value1)
                    .toList();
            for (List<Long> part : parts(expired)) {
                if (!pace.rest()) {
                    return purged;
                }
                Optional<Integer> removed =
                        pace.time(() -> flavour.withAdvisoryLock("purge", inside -> remove(inside, part)));
                if (removed.isEmpty()) {
                    return purged;
                }
                purged += removed.get();
            }
            after = found.getLast().value1();
        }
    }

    private List<List<Long>> parts(List<Long> positions) {
        if (positions.isEmpty()) {
            return List.of();
        }
        Map<Long, Integer> rows = new HashMap<>();
        reads.select(ADDRESSEE.POS)
                .from(ADDRESSEE)
                .where(ADDRESSEE.POS.in(flavour.listed(positions)))
                .unionAll(select(READ_MARK.POS).from(READ_MARK).where(READ_MARK.POS.in(flavour.listed(positions))))
                .fetch(ADDRESSEE.POS)
                .forEach(position -> rows.merge(position, 1, Integer::sum));
        List<List<Long>> parts = new ArrayList<>();
        List<Long> part = new ArrayList<>();
        int size = 0;
        for (long position : positions) {
            int more = 1 + rows.getOrDefault(position, 0);
            if (!part.isEmpty() && size + more > ROWS) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(position);
            size += more;
        }
        parts.add(part);
        return parts;
    }

    /** Those whose marks somebody is changing are left for the next time. */
    private int remove(DSLContext inside, List<Long> positions) {
        Map<Long, Long> audiences = flavour.forUpdateSkipLocked(inside.select(NOTIFICATION.POS, NOTIFICATION.AUDIENCE)
                        .from(NOTIFICATION)
                        .where(NOTIFICATION.POS.in(flavour.listed(positions)))
                        .orderBy(NOTIFICATION.POS))
                .fetchMap(NOTIFICATION.POS, NOTIFICATION.AUDIENCE);
        if (audiences.isEmpty()) {
            return 0;
        }
        List<Long> gone = List.copyOf(audiences.keySet());
        CounterDeltas deltas = new CounterDeltas();
        audiences.values().forEach(audience -> deltas.sent(audience, -1));
        inside.deleteFrom(ADDRESSEE)
                .where(ADDRESSEE.POS.in(flavour.listed(gone)))
                .returningResult(ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ)
                .fetch()
                .forEach(row -> deltas.named(row.value1(), audiences.getOrDefault(row.value2(), Audiences.NOBODY), -1)
                        .read(row.value1(), Audiences.NOBODY, -row.value3()));
        inside.deleteFrom(READ_MARK)
                .where(READ_MARK.POS.in(flavour.listed(gone)))
                .returningResult(READ_MARK.USER_REF, READ_MARK.AUDIENCE)
                .fetch()
                .forEach(row -> deltas.read(row.value1(), row.value2(), -1));
        flavour.forgetTexts(inside, gone);
        inside.deleteFrom(NOTIFICATION)
                .where(NOTIFICATION.POS.in(flavour.listed(gone)))
                .execute();
        deltas.write(inside);
        return gone.size();
    }
}
