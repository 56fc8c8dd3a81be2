package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.GroupRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.InsertValuesStep2;
import org.jooq.Record;

/**
 * The sets of groups to which notifications are addressed. A set has the same number on every host: a hash of its groups. Who may
 * read depends on it, and somebody could look for two sets with one hash; so the set is stored beside its number and compared, and
 * a set whose number is taken gets the next one.
 */
final class Audiences {

    /** Of a notification that names users alone. */
    static final long NOBODY = 0;

    /** Of a system notification. */
    static final long EVERYONE = 1;

    /** Sets whose numbers are taken, one after the other. */
    private static final int MAX_TRIES = 10;

    /** Beyond this many the set of those that are known to be stored starts anew. */
    private static final int MAX_KNOWN = 10_000;

    private final Flavour flavour;
    private final ToLongFunction<String> hash;
    private final Map<SortedSet<GroupRef>, Long> stored = new ConcurrentHashMap<>();

    Audiences(Flavour flavour) {
        this(flavour, Audiences::hash);
    }

    /** @param hash of a set, 0 to {@link Long#MAX_VALUE} */
    Audiences(Flavour flavour, ToLongFunction<String> hash) {
        this.flavour = flavour;
        this.hash = hash;
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
        Long known = stored.get(groups);
        return known == null ? store(groups) : known;
    }

    private long store(SortedSet<GroupRef> groups) {
        String set = groups.stream().map(group -> group.value() + "\n").collect(Collectors.joining());
        long audience = flavour.write(inside -> {
            String hashed = set;
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                long number = Math.max(hash.applyAsLong(hashed), EVERYONE + 1);
                if (isOwn(inside, number, set)) {
                    insert(inside, number, groups);
                    return number;
                }
                hashed = hashed + "#\n";
            }
            throw new IllegalStateException("the numbers of " + MAX_TRIES + " audiences in a row are taken");
        });
        if (stored.size() >= MAX_KNOWN) {
            stored.clear();
        }
        stored.put(groups, audience);
        return audience;
    }

    /** Whether the number is this set's now. Another host that takes it at the same moment is waited for. */
    private static boolean isOwn(DSLContext inside, long number, String set) {
        inside.insertInto(AUDIENCE, AUDIENCE.NUMBER, AUDIENCE.GROUPS)
                .values(number, set)
                .onConflictDoNothing()
                .execute();
        String owner = inside.select(AUDIENCE.GROUPS)
                .from(AUDIENCE)
                .where(AUDIENCE.NUMBER.eq(number))
                .fetchSingle(AUDIENCE.GROUPS);
        return set.equals(owner);
    }

    /** In an order that is the same everywhere, so that two writers never wait for each other in a circle. */
    private static void insert(DSLContext inside, long audience, SortedSet<GroupRef> groups) {
        InsertValuesStep2<Record, String, Long> insert =
                inside.insertInto(AUDIENCE_GROUP, AUDIENCE_GROUP.GROUP_REF, AUDIENCE_GROUP.AUDIENCE);
        for (GroupRef group : groups) {
            insert = insert.values(group.value(), audience);
        }
        insert.onConflictDoNothing().execute();
    }

    /** 63 bits of SHA-256. */
    private static long hash(String set) {
        return ByteBuffer.wrap(sha256().digest(set.getBytes(StandardCharsets.UTF_8)))
                        .getLong()
                >>> 1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
