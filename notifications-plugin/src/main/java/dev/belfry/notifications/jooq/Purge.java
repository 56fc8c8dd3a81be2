package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.counts.CounterDeltas;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.transaction.Throttle;
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

/** Deletes expired notifications and their rows in other tables, in short transactions. */
final class Purge {

    /** Notifications read at a time. */
    private static final int PAGE_SIZE = 1000;

    /** Rows deleted per transaction, unless a single notification has more. */
    private static final int MAX_ROWS = 2000;

    private final DSLContext reads;
    private final SqlDialect sql;

    Purge(DSLContext reads, SqlDialect sql) {
        this.reads = reads;
        this.sql = sql;
    }

    /** Begins with the oldest, so that it reads no kept notifications except of topics with a longer retention. */
    long purge(RetentionCutoff cutoff) {
        Optional<Instant> latest = cutoff.latest();
        if (latest.isEmpty()) {
            return 0;
        }
        long end = SortKeys.lastUntil(latest.get());
        long after = -1;
        long purged = 0;
        Throttle throttle = new Throttle();
        while (true) {
            Result<Record2<Long, String>> found = reads.select(NOTIFICATION.POS, NOTIFICATION.TOPIC)
                    .from(NOTIFICATION)
                    .where(NOTIFICATION.POS.gt(after))
                    .and(NOTIFICATION.POS.le(end))
                    .orderBy(NOTIFICATION.POS)
                    .limit(PAGE_SIZE)
                    .fetch();
            if (found.isEmpty()) {
                return purged;
            }
            List<Long> expired = found.stream()
                    .filter(row -> cutoff.isExpired(SortKeys.createdOf(row.value1()), row.value2()))
                    .map(Record2::value1)
                    .toList();
            for (List<Long> part : parts(expired)) {
                if (!throttle.pause()) {
                    return purged;
                }
                Optional<Integer> removed = throttle.run(
                        () -> sql.transactions().withAdvisoryLock("purge", transaction -> remove(transaction, part)));
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
                .where(ADDRESSEE.POS.in(sql.lists().listed(positions)))
                .unionAll(select(READ_MARK.POS)
                        .from(READ_MARK)
                        .where(READ_MARK.POS.in(sql.lists().listed(positions))))
                .fetch(ADDRESSEE.POS)
                .forEach(position -> rows.merge(position, 1, Integer::sum));
        List<List<Long>> parts = new ArrayList<>();
        List<Long> part = new ArrayList<>();
        int size = 0;
        for (long position : positions) {
            int more = 1 + rows.getOrDefault(position, 0);
            if (!part.isEmpty() && size + more > MAX_ROWS) {
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

    /** Notifications that someone is marking are left for the next purge. */
    private int remove(DSLContext transaction, List<Long> positions) {
        Map<Long, Long> audiences = sql.transactions()
                .forUpdateSkipLocked(transaction
                        .select(NOTIFICATION.POS, NOTIFICATION.AUDIENCE)
                        .from(NOTIFICATION)
                        .where(NOTIFICATION.POS.in(sql.lists().listed(positions)))
                        .orderBy(NOTIFICATION.POS))
                .fetchMap(NOTIFICATION.POS, NOTIFICATION.AUDIENCE);
        if (audiences.isEmpty()) {
            return 0;
        }
        List<Long> gone = List.copyOf(audiences.keySet());
        CounterDeltas deltas = new CounterDeltas();
        audiences.values().forEach(audience -> deltas.sent(audience, -1));
        transaction
                .deleteFrom(ADDRESSEE)
                .where(ADDRESSEE.POS.in(sql.lists().listed(gone)))
                .returningResult(ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ)
                .fetch()
                .forEach(row -> deltas.named(row.value1(), audiences.getOrDefault(row.value2(), AudienceSet.NOBODY), -1)
                        .read(row.value1(), AudienceSet.NOBODY, -row.value3()));
        transaction
                .deleteFrom(READ_MARK)
                .where(READ_MARK.POS.in(sql.lists().listed(gone)))
                .returningResult(READ_MARK.USER_REF, READ_MARK.AUDIENCE)
                .fetch()
                .forEach(row -> deltas.read(row.value1(), row.value2(), -1));
        sql.searchIndex().delete(transaction, gone);
        transaction
                .deleteFrom(NOTIFICATION)
                .where(NOTIFICATION.POS.in(sql.lists().listed(gone)))
                .execute();
        deltas.write(transaction);
        return gone.size();
    }
}
