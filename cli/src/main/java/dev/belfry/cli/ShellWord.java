package dev.belfry.cli;

import java.util.regex.Pattern;

/** Arguments in commands that a person copies into a shell. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private ShellWord() {}

    /** The text as one word: as it is, or in single quotes. */
    static String of(Object text) {
        String word = text.toString();
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
