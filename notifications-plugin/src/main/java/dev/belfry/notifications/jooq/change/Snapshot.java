package dev.belfry.notifications.jooq.change;

import dev.belfry.notifications.storage.ChangeCursor;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A snapshot of PostgreSQL (pg_snapshot): the transactions that it sees. Transactions become visible in another order than the one
 * in which they got their numbers, so a single number cannot tell what was seen.
 *
 * @param source identity of the database
 * @param xmin all transactions before it are seen
 * @param xmax no transaction from it on is seen
 * @param running transactions in between that are not seen, sorted
 */
record Snapshot(String source, long xmin, long xmax, long[] running) implements ChangeCursor {

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{8})-([0-9]{1,18}):([0-9]{1,18}):((?:[0-9]{1,18}(?:,[0-9]{1,18})*)?)");

    static Snapshot of(String source, String snapshot) {
        return parse(source + "-" + snapshot)
                .orElseThrow(() -> new IllegalArgumentException("'" + snapshot + "' is not a pg_snapshot"));
    }

    /** Returns empty if the text is no cursor, or one that PostgreSQL would refuse. */
    static Optional<Snapshot> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long xmin = Long.parseLong(parts.group(2));
        long xmax = Long.parseLong(parts.group(3));
        long[] running = parts.group(4).isEmpty()
                ? new long[0]
                : Pattern.compile(",")
                        .splitAsStream(parts.group(4))
                        .mapToLong(Long::parseLong)
                        .toArray();
        long before = xmin - 1;
        for (long number : running) {
            if (number <= before || number >= xmax) {
                return Optional.empty();
            }
            before = number;
        }
        return xmin < 1 || xmax < xmin
                ? Optional.empty()
                : Optional.of(new Snapshot(parts.group(1), xmin, xmax, running));
    }

    /** The part of this snapshot before a transaction. */
    Snapshot before(long change) {
        long[] part = Arrays.stream(running).filter(number -> number < change).toArray();
        return new Snapshot(source, part.length == 0 ? change : part[0], change, part);
    }

    /** The text that PostgreSQL reads. */
    String snapshot() {
        return xmin + ":" + xmax + ":"
                + Arrays.stream(running).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    @Override
    public String text() {
        return source + "-" + snapshot();
    }

    @Override
    public boolean includes(long change) {
        return change < xmin || (change < xmax && Arrays.binarySearch(running, change) < 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot snapshot && text().equals(snapshot.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
