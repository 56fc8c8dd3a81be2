package dev.belfry.notifications.jooq.search;

import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Three consecutive characters of a text. At the end of a text there are trigrams of its last two characters and of its last
 * character, so each character begins one.
 *
 * @param number the code points, 21 bits each
 */
public record Trigram(long number) {

    /** Length in code points. */
    public static final int LENGTH = 3;

    private static final int BITS = 21;

    /** Stands for the end of the text; larger than each code point. */
    private static final int END = (1 << BITS) - 1;

    private static final long ALL = -1L >>> 1;

    /** Passes the number of each trigram of a text to the consumer. */
    static void eachOf(String folded, LongConsumer consumer) {
        long number = 0;
        int read = 0;
        for (int i = 0; i < folded.length(); read++) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            number = append(number, point);
            if (read >= LENGTH - 1) {
                consumer.accept(number);
            }
        }
        for (int end = 1; end < LENGTH; end++, read++) {
            number = append(number, END);
            if (read >= LENGTH - 1) {
                consumer.accept(number);
            }
        }
    }

    /** The smallest number of a trigram that begins with a text of fewer characters. */
    static long firstWith(String folded) {
        return filled(folded, 0);
    }

    /** The largest number of a trigram that begins with it. */
    static long lastWith(String folded) {
        return filled(folded, END);
    }

    private static long filled(String folded, int with) {
        int[] points = folded.codePoints().toArray();
        return IntStream.range(0, LENGTH)
                .mapToLong(i -> i < points.length ? points[i] : with)
                .reduce(0, Trigram::append);
    }

    private static long append(long number, long point) {
        return (number << BITS | point) & ALL;
    }

    /** The code points, without the end of the text. */
    int[] points() {
        return IntStream.of(2 * BITS, BITS, 0)
                .map(shift -> (int) (number >>> shift) & END)
                .filter(point -> point != END)
                .toArray();
    }

    /** The characters, without the end of the text. */
    String text() {
        int[] points = points();
        return new String(points, 0, points.length);
    }

    /** Returns true if the trigram is at the end of a text. */
    boolean endsText() {
        return (number & END) == END;
    }
}
