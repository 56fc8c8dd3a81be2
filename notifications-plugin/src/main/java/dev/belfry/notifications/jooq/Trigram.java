package dev.belfry.notifications.jooq;

import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Three characters of a text in a row, or its last one or two and its end: so each character of a text begins one.
 *
 * @param number its code points, of 21 bits each
 */
record Trigram(long number) {

    /** In code points. */
    static final int LENGTH = 3;

    private static final int BITS = 21;

    /** In place of a code point, behind the last of a text; larger than each. */
    private static final int END = (1 << BITS) - 1;

    private static final long ALL = -1L >>> 1;

    /** The number of each that a text has. */
    static void eachOf(String folded, LongConsumer taker) {
        long number = 0;
        int read = 0;
        for (int i = 0; i < folded.length(); read++) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            number = followed(number, point);
            if (read >= LENGTH - 1) {
                taker.accept(number);
            }
        }
        for (int end = 1; end < LENGTH; end++, read++) {
            number = followed(number, END);
            if (read >= LENGTH - 1) {
                taker.accept(number);
            }
        }
    }

    /** The least number of those that begin with a text of fewer characters. */
    static long firstWith(String folded) {
        return filled(folded, 0);
    }

    /** The greatest one. */
    static long lastWith(String folded) {
        return filled(folded, END);
    }

    private static long filled(String folded, int with) {
        int[] points = folded.codePoints().toArray();
        return IntStream.range(0, LENGTH)
                .mapToLong(i -> i < points.length ? points[i] : with)
                .reduce(0, Trigram::followed);
    }

    private static long followed(long number, long point) {
        return (number << BITS | point) & ALL;
    }

    /** Its code points, without ends. */
    int[] points() {
        return IntStream.of(2 * BITS, BITS, 0)
                .map(shift -> (int) (number >>> shift) & END)
                .filter(point -> point != END)
                .toArray();
    }

    /** Its characters, without ends. */
    String text() {
        int[] points = points();
        return new String(points, 0, points.length);
    }

    /** Whether a text that has it ends with it. */
    boolean endsText() {
        return (number & END) == END;
    }
}
