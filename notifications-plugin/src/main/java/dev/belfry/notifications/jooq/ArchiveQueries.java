package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.row.ActionsColumn;
import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationArchive;
import dev.belfry.notifications.storage.NotificationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/** Reads whole notifications in the order of their positions, without an inbox. */
final class ArchiveQueries {

    /** Bytes of a page, unless a single notification has more. */
    private static final long MAX_BYTES = 1024 * 1024;

    /** Estimated bytes of one addressee. */
    private static final int ADDRESSEE_BYTES = 64;

    private static final int MAX_READERS = NotificationArchive.MAX_READERS;

    private final DSLContext reads;

    ArchiveQueries(DSLContext reads) {
        this.reads = reads;
    }

    /** See {@link NotificationArchive#archived}. */
    List<ArchivedNotification> following(@Nullable NotificationId last, int limit) {
        if (last != null && !SortKeys.exists(last)) {
            return List.of();
        }
        long after = last == null ? -1 : SortKeys.of(last);
        while (true) {
            Result<Record2<Long, Long>> sizes = reads.select(NOTIFICATION.POS, bytes())
                    .from(NOTIFICATION)
                    .where(NOTIFICATION.POS.gt(after))
                    .orderBy(NOTIFICATION.POS)
                    .limit(limit)
                    .fetch();
            if (sizes.isEmpty()) {
                return List.of();
            }
            List<Long> page = fitting(sizes);
            List<ArchivedNotification> found = between(page.getFirst(), page.getLast());
            if (!found.isEmpty()) {
                return found;
            }
            // All of them were purged in between, or reach nobody.
            after = page.getLast();
        }
    }

    private static Field<Long> bytes() {
        Field<Integer> addressees = field(selectCount().from(ADDRESSEE).where(ADDRESSEE.POS.eq(NOTIFICATION.POS)));
        return octets(coalesce(NOTIFICATION.MESSAGE, inline("")))
                .plus(octets(NOTIFICATION.ACTIONS))
                .plus(addressees.mul(inline(ADDRESSEE_BYTES)));
    }

    private static Field<Long> octets(Field<String> text) {
        return field("octet_length({0})", Long.class, text);
    }

    private static List<Long> fitting(Result<Record2<Long, Long>> sizes) {
        List<Long> page = new ArrayList<>();
        long bytes = 0;
        for (Record2<Long, Long> row : sizes) {
            bytes += row.value2();
            if (bytes > MAX_BYTES && !page.isEmpty()) {
                break;
            }
            page.add(row.value1());
        }
        return page;
    }

    private List<ArchivedNotification> between(long first, long last) {
        Result<Record2<Long, String>> readers = readers(first, last);
        boolean cut = readers.size() > MAX_READERS;
        if (cut) {
            readers.removeLast();
        }
        long end = cut ? readers.getLast().value1() : last;
        Map<Long, List<String>> readersByPosition = readers.intoGroups(Record2::value1, Record2::value2);
        List<ArchivedNotification> page = new ArrayList<>();
        addressed(reads, first, end).forEach((position, addressed) -> {
            List<EntityRef> users = readersByPosition.getOrDefault(position, List.of()).stream()
                    .map(ArchiveQueries::user)
                    .toList();
            page.add(new ArchivedNotification(addressed, users, cut && position == end));
        });
        return page;
    }

    /** Reads one more than {@link #MAX_READERS}. Both indexes have this order, so no more than these are read. */
    private Result<Record2<Long, String>> readers(long first, long last) {
        ResultQuery<Record2<Long, String>> query = select(ADDRESSEE.POS, ADDRESSEE.USER_REF)
                .from(ADDRESSEE)
                .where(ADDRESSEE.POS.between(first, last))
                .and(ADDRESSEE.READ.eq(inline(1)))
                .unionAll(select(READ_MARK.POS, READ_MARK.USER_REF)
                        .from(READ_MARK)
                        .where(READ_MARK.POS.between(first, last)))
                .orderBy(inline(1), inline(2))
                .limit(MAX_READERS + 1);
        return reads.fetch(query);
    }

    /** See {@link NotificationArchive#readers}. */
    List<EntityRef> readers(NotificationId id, EntityRef after) {
        if (!SortKeys.exists(id)) {
            return List.of();
        }
        long position = SortKeys.of(id);
        String user = after.qualifiedName();
        return reads.select(ADDRESSEE.USER_REF)
                .from(ADDRESSEE)
                .where(ADDRESSEE.POS.eq(position))
                .and(ADDRESSEE.USER_REF.gt(user))
                .and(ADDRESSEE.READ.eq(inline(1)))
                .unionAll(select(READ_MARK.USER_REF)
                        .from(READ_MARK)
                        .where(READ_MARK.POS.eq(position))
                        .and(READ_MARK.USER_REF.gt(user)))
                .orderBy(inline(1))
                .limit(MAX_READERS)
                .fetch(row -> user(row.value1()));
    }

    /** The notification at a position, if there is one and it reaches somebody. */
    static Optional<AddressedNotification> at(DSLContext database, long position) {
        return addressed(database, position, position).values().stream().findFirst();
    }

    /** By position, in ascending order. */
    private static Map<Long, AddressedNotification> addressed(DSLContext database, long first, long last) {
        Map<Long, List<String>> users = database.select(ADDRESSEE.POS, ADDRESSEE.USER_REF)
                .from(ADDRESSEE)
                .where(ADDRESSEE.POS.between(first, last))
                .fetchGroups(ADDRESSEE.POS, ADDRESSEE.USER_REF);
        Map<Long, AddressedNotification> found = new LinkedHashMap<>();
        database.select(
                        NOTIFICATION.POS,
                        NOTIFICATION.ID,
                        NOTIFICATION.AUDIENCE,
                        NOTIFICATION.ORIGIN,
                        NOTIFICATION.TITLE,
                        NOTIFICATION.MESSAGE,
                        NOTIFICATION.TOPIC,
                        NOTIFICATION.ACTIONS,
                        NOTIFICATION.MARKDOWN,
                        AUDIENCE.GROUPS)
                .from(NOTIFICATION)
                .leftJoin(AUDIENCE)
                .on(AUDIENCE.NUMBER.eq(NOTIFICATION.AUDIENCE))
                .where(NOTIFICATION.POS.between(first, last))
                .orderBy(NOTIFICATION.POS)
                .forEach(row -> {
                    long position = row.get(NOTIFICATION.POS);
                    Notification notification = notification(row);
                    Addressees addressees =
                            addressees(users.getOrDefault(position, List.of()), row.get(AUDIENCE.GROUPS));
                    // A message without a target that came from another system reaches nobody.
                    if (notification.system() == addressees.isEveryone()) {
                        found.put(position, new AddressedNotification(notification, addressees));
                    }
                });
        return found;
    }

    private static Notification notification(Record row) {
        return new Notification(
                new NotificationId(UUID.fromString(row.get(NOTIFICATION.ID))),
                new Content(
                        row.get(NOTIFICATION.ORIGIN),
                        row.get(NOTIFICATION.TITLE),
                        row.get(NOTIFICATION.MESSAGE),
                        row.get(NOTIFICATION.TOPIC),
                        ActionsColumn.read(row.get(NOTIFICATION.ACTIONS)),
                        NotificationRows.format(row.get(NOTIFICATION.MARKDOWN))),
                row.get(NOTIFICATION.AUDIENCE) == AudienceSet.EVERYONE);
    }

    private static Addressees addressees(List<String> users, @Nullable String groups) {
        return Addressees.of(
                users.stream().map(ArchiveQueries::user).toList(),
                groups == null
                        ? List.of()
                        : groups.lines()
                                .map(group -> EntityRef.parse(group, EntityRef.GROUP))
                                .toList());
    }

    private static EntityRef user(String name) {
        return EntityRef.parse(name, EntityRef.USER);
    }
}
