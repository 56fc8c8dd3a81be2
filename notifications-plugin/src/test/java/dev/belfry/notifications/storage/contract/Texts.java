package dev.belfry.notifications.storage.contract;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Texts that are hard to sort and to search. */
public final class Texts {

    /** Wildcards, escapes, quotes, letters with unusual case, characters that UTF-16 sorts differently, noncharacters. */
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "b",
            "B",
            "z",
            "%",
            "_",
            "\\",
            "'",
            "\"",
            "*",
            "?",
            "[",
            " ",
            "\n",
            "\t",
            "\u0001",
            "\u001F",
            "ß",
            "ẞ",
            "ä",
            "Ä",
            "İ",
            "ı",
            "I",
            "i",
            "Σ",
            "σ",
            "ς",
            "ſ",
            "s",
            "\u212A",
            "k",
            "Ǆ",
            "ǅ",
            "ǆ",
            "א",
            "漢",
            "e\u0301",
            "\u0130",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uE000",
            "\uD7FF",
            "😀",
            "𐐀",
            "𐐨",
            "\uDBFF\uDFFF",
            "𝒜",
            "ﬁ",
            "Ⅷ",
            "ⅷ");

    private final RandomGenerator random;

    public Texts(RandomGenerator random) {
        this.random = random;
    }

    public String some(int min, int max) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(min, max + 1);
        while (text.length() < length) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    public @Nullable String someOrNone(int max) {
        return random.nextInt(4) == 0 ? null : some(0, max);
    }

    /** A part of a text, cut between code points. */
    public String partOf(String text) {
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int to = random.nextInt(from, length + 1);
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    /** The same letters in other cases, where one exists. */
    public String otherCaseOf(String text) {
        StringBuilder other = new StringBuilder();
        text.codePoints().forEach(codePoint -> other.appendCodePoint(otherCase(codePoint)));
        return other.toString();
    }

    private int otherCase(int codePoint) {
        return random.nextBoolean() ? Character.toUpperCase(codePoint) : codePoint;
    }
}
