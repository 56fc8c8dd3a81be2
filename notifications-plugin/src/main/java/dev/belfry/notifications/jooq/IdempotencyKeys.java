package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.CLAIM;
import static org.jooq.impl.DSL.inline;

import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.SaveOutcome;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/** Keys that stand for requests. A row is inserted in the transaction that stores what was sent, so both are there or neither. */
final class IdempotencyKeys {

    private IdempotencyKeys() {}

    /**
     * Claims the key; waits for whoever is claiming it at this moment.
     *
     * @return null when it is the caller's now; else what became of it before
     */
    static @Nullable SaveOutcome take(DSLContext inside, IdempotencyKey key) {
        inside.deleteFrom(CLAIM)
                .where(key(key))
                // By the key, and not by the index of times through all that have had theirs.
                .and(CLAIM.MADE.plus(inline(0L)).le(key.cutoff().toEpochMilli()))
                .execute();
        int inserted = inside.insertInto(
                        CLAIM, CLAIM.CALLER, CLAIM.CLAIM_KEY, CLAIM.FINGERPRINT, CLAIM.ANSWER, CLAIM.MADE)
                .values(
                        key.caller(),
                        key.key(),
                        key.fingerprint(),
                        key.answer(),
                        key.made().toEpochMilli())
                .onConflictDoNothing()
                .execute();
        return inserted == 1 ? null : earlier(inside, key);
    }

    private static SaveOutcome earlier(DSLContext inside, IdempotencyKey key) {
        Record2<String, String> first = inside.select(CLAIM.FINGERPRINT, CLAIM.ANSWER)
                .from(CLAIM)
                .where(key(key))
                .fetchOne();
        if (first == null) {
            // Dropped between the two statements.
            return new SaveOutcome.InFlight();
        }
        return first.value1().equals(key.fingerprint())
                ? new SaveOutcome.Repeated(first.value2())
                : new SaveOutcome.KeyReused();
    }

    static int forget(DSLContext inside, Instant until) {
        return inside.deleteFrom(CLAIM)
                .where(CLAIM.MADE.le(until.toEpochMilli()))
                .execute();
    }

    private static Condition key(IdempotencyKey key) {
        return CLAIM.CALLER.eq(key.caller()).and(CLAIM.CLAIM_KEY.eq(key.key()));
    }
}
