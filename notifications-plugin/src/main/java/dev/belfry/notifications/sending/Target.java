package dev.belfry.notifications.sending;

import dev.belfry.api.catalog.EntityRef;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the targets of a request. */
final class Target {

    private static final Pattern FORM = Pattern.compile("(?:([^:/]*):)?([^:/]*)/([^:/]*)");

    private Target() {}

    /**
     * Parses {@code namespace/name} or {@code kind:namespace/name}, case-insensitively.
     *
     * @param kind {@link EntityRef#USER} or {@link EntityRef#GROUP}
     * @throws InvalidInput when the text has another form or names another kind
     */
    static EntityRef parse(String kind, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInput(
                    Quoted.of(text) + " is not of the form namespace/name or " + kind + ":namespace/name");
        }
        String given = parts.group(1);
        if (given != null && !given.toLowerCase(Locale.ROOT).equals(kind)) {
            throw new InvalidInput(Quoted.of(text) + " must name a " + kind + ", not " + Quoted.of(given));
        }
        try {
            return new EntityRef(kind, parts.group(2), parts.group(3));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(String.valueOf(e.getMessage()));
        }
    }
}
