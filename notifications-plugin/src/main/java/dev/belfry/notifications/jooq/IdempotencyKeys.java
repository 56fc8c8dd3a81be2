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

/** The table of idempotency keys. A key is inserted in the transaction that stores its notifications: both are stored or neither. */
final class IdempotencyKeys {

    private IdempotencyKeys() {}

    /**
     * Inserts the key. Waits for a transaction that inserts the same key.
     *
     * @return null if the key is new; otherwise the outcome of the earlier request
     */
    static @Nullable SaveOutcome insert(DSLContext transaction, IdempotencyKey key) {
        transaction
                .deleteFrom(CLAIM)
                .where(key(key))
                // "+ 0" keeps the planner from scanning the index of times instead of looking up the key.
                .and(CLAIM.MADE.plus(inline(0L)).le(key.expiredUntil().toEpochMilli()))
                .execute();
        int inserted = transaction
                .insertInto(CLAIM, CLAIM.CALLER, CLAIM.CLAIM_KEY, CLAIM.FINGERPRINT, CLAIM.ANSWER, CLAIM.MADE)
                .values(
                        key.caller(),
                        key.key(),
                        key.fingerprint(),
                        key.response(),
                        key.created().toEpochMilli())
                .onConflictDoNothing()
                .execute();
        return inserted == 1 ? null : earlier(transaction, key);
    }

    private static SaveOutcome earlier(DSLContext transaction, IdempotencyKey key) {
        Record2<String, String> first = transaction
                .select(CLAIM.FINGERPRINT, CLAIM.ANSWER)
                .from(CLAIM)
                .where(key(key))
                .fetchOne();
        if (first == null) {
            // Deleted between the two statements.
            return new SaveOutcome.InFlight();
        }
        return first.value1().equals(key.fingerprint())
                ? new SaveOutcome.Repeated(first.value2())
                : new SaveOutcome.KeyReused();
    }

    static int deleteUntil(DSLContext transaction, Instant until) {
        return transaction
                .deleteFrom(CLAIM)
                .where(CLAIM.MADE.le(until.toEpochMilli()))
                .execute();
    }

    private static Condition key(IdempotencyKey key) {
        return CLAIM.CALLER.eq(key.caller()).and(CLAIM.CLAIM_KEY.eq(key.key()));
    }
}
