package dev.belfry.notifications.jooq.audience;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.hash.Sha256;
import dev.belfry.notifications.jooq.transaction.Transactions;
import dev.belfry.notifications.storage.Addressees;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStep2;
import org.jooq.Record;

/**
 * Stores audiences: the sets of groups to which notifications are addressed. The number of a set is a hash, so it is the same on
 * every host. Because permission to read depends on it, and a collision can be searched for, the set is stored with its number
 * and compared; a set whose number is in use gets the next one.
 */
public final class Audiences {

    private static final int MAX_TRIES = 10;

    /** The cache of stored sets is cleared at this size. */
    private static final int MAX_CACHED = 10_000;

    private final Transactions transactions;
    private final ToLongFunction<String> hash;
    private final Map<SortedSet<EntityRef>, Long> stored = new ConcurrentHashMap<>();

    public Audiences(Transactions transactions) {
        this(transactions, Audiences::hash);
    }

    /** @param hash of a set, from 0 to {@link Long#MAX_VALUE} */
    Audiences(Transactions transactions, ToLongFunction<String> hash) {
        this.transactions = transactions;
        this.hash = hash;
    }

    /** The number of the addressees' audience. Its groups are stored when this returns. */
    public long of(Addressees addressees) {
        if (addressees.isEveryone()) {
            return AudienceSet.EVERYONE;
        }
        SortedSet<EntityRef> groups = addressees.groups();
        if (groups.isEmpty()) {
            return AudienceSet.NOBODY;
        }
        Long number = stored.get(groups);
        return number == null ? store(groups) : number;
    }

    private long store(SortedSet<EntityRef> groups) {
        String set = groups.stream().map(group -> group.qualifiedName() + "\n").collect(Collectors.joining());
        long audience = transactions.write(transaction -> {
            String hashed = set;
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                long number = Math.max(hash.applyAsLong(hashed), AudienceSet.EVERYONE + 1);
                if (reserve(transaction, number, set)) {
                    insert(transaction, number, groups);
                    return number;
                }
                hashed = hashed + "#\n";
            }
            throw new IllegalStateException("no free number for an audience after " + MAX_TRIES + " tries");
        });
        if (stored.size() >= MAX_CACHED) {
            stored.clear();
        }
        stored.put(groups, audience);
        return audience;
    }

    /** Returns true if the number belongs to this set. Waits for another host that inserts the same number. */
    private static boolean reserve(DSLContext transaction, long number, String set) {
        transaction
                .insertInto(AUDIENCE, AUDIENCE.NUMBER, AUDIENCE.GROUPS)
                .values(number, set)
                .onConflictDoNothing()
                .execute();
        String owner = transaction
                .select(AUDIENCE.GROUPS)
                .from(AUDIENCE)
                .where(AUDIENCE.NUMBER.eq(number))
                .fetchSingle(AUDIENCE.GROUPS);
        return set.equals(owner);
    }

    /** Inserts in the order of the groups, so that two writers cannot deadlock. */
    private static void insert(DSLContext transaction, long audience, SortedSet<EntityRef> groups) {
        InsertValuesStep2<Record, String, Long> insert =
                transaction.insertInto(AUDIENCE_GROUP, AUDIENCE_GROUP.GROUP_REF, AUDIENCE_GROUP.AUDIENCE);
        for (EntityRef group : groups) {
            insert = insert.values(group.qualifiedName(), audience);
        }
        insert.onConflictDoNothing().execute();
    }

    /** The first 63 bits of SHA-256. */
    private static long hash(String set) {
        return ByteBuffer.wrap(Sha256.of(set)).getLong() >>> 1;
    }
}
