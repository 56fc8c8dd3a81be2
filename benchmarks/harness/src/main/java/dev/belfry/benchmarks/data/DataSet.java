package dev.belfry.benchmarks.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The same notifications for everybody who is measured, without chance: of {@code size} 80% go to one of 1,000 users, 15% to one
 * of 50 groups, 5% to everyone; of a user's own 70% are read. Beside them readers of a kind of their own have inboxes.
 *
 * @param size how many, without those of the readers of a kind of their own
 */
public record DataSet(long size) {

    public static final int USERS = 1000;
    public static final int GROUPS = 50;

    /** Who is in three groups and has 0.08% of all messages by name: the ordinary reader. */
    public static final String ORDINARY = "default/u7";

    /** A tenth of {@code size} by name, all read but the three oldest. */
    public static final String HEAVY = "default/heavy";

    /** A tenth of {@code size} by name, none read. */
    public static final String UNREAD = "default/unread";

    /** 1,500 by name, all read, whatever the size. */
    public static final String FLAT = "default/flat";

    /** In 30 groups. */
    public static final String JOINER = "default/joiner";

    /** A group of 100,000 members. */
    public static final String ALL_HANDS = "default/all-hands";

    public static final int MEMBERS_OF_ALL_HANDS = 100_000;
    public static final int FLAT_SIZE = 1500;

    /** A word that is in one of this many messages. */
    static final int ONE_IN_A_HUNDRED = 97;

    /** The word that is in one of a hundred messages. */
    public static final String SELDOM = "needle";

    /** A word of two characters that a single message has, an old one for everyone. */
    public static final String SHORT = "zq";

    /** A word that is in every message. */
    public static final String FREQUENT = "ipsum";

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int KINDS = 20;
    private static final int GROUPS_OF_JOINER = 30;
    private static final int LEFT_UNREAD = 3;

    static boolean hasShort(long number) {
        return number == KINDS;
    }

    /** All of them, oldest first but for those of the readers of a kind of their own, which come last. */
    public Stream<Row> rows() {
        long tenth = size / 10;
        return Stream.of(
                        LongStream.rangeClosed(1, size).mapToObj(this::ordinary),
                        own(HEAVY, size, tenth, 250),
                        own(UNREAD, size + tenth, tenth, 500),
                        own(FLAT, size + 2 * tenth, FLAT_SIZE, 750))
                .flatMap(rows -> rows);
    }

    private Row ordinary(long number) {
        Instant created = FIRST.plusSeconds(number);
        int kind = (int) (number % KINDS);
        if (kind == 0) {
            return new Row(number, created, null, null, false);
        }
        if (kind <= 3) {
            return new Row(number, created, null, group(number / KINDS % GROUPS), false);
        }
        return new Row(number, created, user((number * 7 + number / USERS) % USERS), null, number % 10 < 7);
    }

    /** Spread over the same time as the others, at instants of their own. */
    private Stream<Row> own(String user, long after, long count, int millis) {
        Duration step = Duration.ofSeconds(Math.max(1, size / Math.max(1, count)));
        return LongStream.range(0, count)
                .mapToObj(i -> new Row(
                        after + i + 1,
                        FIRST.plus(step.multipliedBy(i)).plusMillis(millis),
                        user,
                        null,
                        user.equals(FLAT) || user.equals(HEAVY) && i >= LEFT_UNREAD));
    }

    /** A text that a single message has, one that the ordinary reader finds in the middle of their inbox. */
    public String rare() {
        return rows().skip(size / 2)
                .filter(row -> ORDINARY.equals(row.user()))
                .findFirst()
                .map(Row::title)
                .orElseThrow();
    }

    private static String user(long index) {
        return "default/u" + index;
    }

    static String group(long index) {
        return "default/team-" + index;
    }

    /** Those whom the data set names, and their groups, as entities in YAML. */
    public Stream<String> catalog() {
        return Stream.of(
                        IntStream.range(0, GROUPS).mapToObj(i -> entity("Group", group(i), List.of())),
                        Stream.of(entity("Group", ALL_HANDS, List.of())),
                        IntStream.range(0, USERS).mapToObj(i -> entity("User", user(i), groupsOf(i))),
                        Stream.of(HEAVY, UNREAD, FLAT, "default/guest").map(name -> entity("User", name, List.of())),
                        Stream.of(entity(
                                "User",
                                JOINER,
                                IntStream.range(0, GROUPS_OF_JOINER)
                                        .mapToObj(DataSet::group)
                                        .toList())),
                        IntStream.range(0, MEMBERS_OF_ALL_HANDS)
                                .mapToObj(i -> entity("User", "default/member-" + i, List.of(ALL_HANDS))))
                .flatMap(entities -> entities);
    }

    private static List<String> groupsOf(int user) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(times -> group((long) user * times % GROUPS))
                .distinct()
                .toList();
    }

    private static String entity(String kind, String ref, List<String> memberOf) {
        String name = ref.substring(ref.indexOf('/') + 1);
        String groups = String.join(
                ", ",
                memberOf.stream()
                        .map(group -> group.substring(group.indexOf('/') + 1))
                        .toList());
        String spec = kind.equals("User") ? "spec: { memberOf: [" + groups + "] }\n" : "spec: { type: team }\n";
        return "kind: " + kind + "\nmetadata: { name: " + name + " }\n" + spec + "---\n";
    }
}
