package dev.belfry.notifications.sending;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a notification is sent to, as a sender names them.
 *
 * @param namespace in lower case
 * @param name in lower case
 */
record Target(Kind kind, String namespace, String name) {

    private static final int MAX_PART = 63;
    private static final Pattern FORM = Pattern.compile("(?:([^:/]*):)?([^:/]*)/([^:/]*)");

    /** ASCII alone: some letters beyond it become ASCII in lower case, and would name somebody else. */
    private static final Pattern PART = Pattern.compile("[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?");

    /** What a target may be. */
    enum Kind {
        USER,
        GROUP;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Target {
        check("namespace", namespace);
        check("name", name);
    }

    private static void check(String part, String value) {
        if (value.length() > MAX_PART || !PART.matcher(value).matches()) {
            throw new InvalidInput(part + " " + Quoted.of(value) + " must have 1 to " + MAX_PART
                    + " of the characters a-z, 0-9, '-', '_' and '.', and begin and end with a letter or digit");
        }
    }

    /** Reads {@code namespace/name}, also with the kind before it, in any case. */
    static Target parse(Kind kind, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInput(
                    Quoted.of(text) + " is not of the form namespace/name or " + kind.label() + ":namespace/name");
        }
        String given = parts.group(1);
        if (given != null && !given.equalsIgnoreCase(kind.label())) {
            throw new InvalidInput(Quoted.of(text) + " must name a " + kind.label() + ", not " + Quoted.of(given));
        }
        return new Target(kind, lowerCase(parts.group(2)), lowerCase(parts.group(3)));
    }

    private static String lowerCase(String part) {
        StringBuilder lower = new StringBuilder(part);
        for (int i = 0; i < part.length(); i++) {
            char letter = part.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(i, (char) (letter - 'A' + 'a'));
            }
        }
        return lower.toString();
    }

    /** {@code namespace/name}, without the kind. */
    String ref() {
        return namespace + "/" + name;
    }
}
