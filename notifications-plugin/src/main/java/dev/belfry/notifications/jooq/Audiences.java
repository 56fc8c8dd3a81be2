package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.GroupRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStep2;
import org.jooq.Record;

/** The sets of groups to which notifications are addressed. The same set has the same number on every host, unasked. */
final class Audiences {

    /** Of a notification that names users alone. */
    static final long NOBODY = 0;

    /** Of a system notification. */
    static final long EVERYONE = 1;

    /** Beyond this many the set of those that are known to be stored starts anew. */
    private static final int MAX_KNOWN = 10_000;

    private final DSLContext writes;
    private final Set<Long> stored = ConcurrentHashMap.newKeySet();

    Audiences(DSLContext writes) {
        this.writes = writes;
    }

    /** The number of the addressees' audience, whose groups are stored when this returns. */
    long of(Addressees addressees) {
        if (addressees.isEveryone()) {
            return EVERYONE;
        }
        SortedSet<GroupRef> groups = addressees.groups();
        if (groups.isEmpty()) {
            return NOBODY;
        }
        long audience = number(groups);
        if (!stored.contains(audience)) {
            store(audience, groups);
        }
        return audience;
    }

    /** In an order that is the same everywhere, so that two writers never wait for each other in a circle. */
    private void store(long audience, SortedSet<GroupRef> groups) {
        InsertValuesStep2<Record, String, Long> insert =
                writes.insertInto(AUDIENCE_GROUP, AUDIENCE_GROUP.GROUP_REF, AUDIENCE_GROUP.AUDIENCE);
        for (GroupRef group : groups) {
            insert = insert.values(group.value(), audience);
        }
        insert.onConflictDoNothing().execute();
        if (stored.size() >= MAX_KNOWN) {
            stored.clear();
        }
        stored.add(audience);
    }

    /** 63 bits of a hash: two sets of a million would meet with a chance of one in ten million. */
    private static long number(SortedSet<GroupRef> groups) {
        MessageDigest hash = sha256();
        for (GroupRef group : groups) {
            hash.update(group.value().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) '\n');
        }
        long number = ByteBuffer.wrap(hash.digest()).getLong() >>> 1;
        return Math.max(number, EVERYONE + 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
