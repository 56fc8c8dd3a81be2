package dev.belfry.notifications.sending;

import dev.belfry.api.catalog.EntityRef;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target of a request: a user or a group.
 *
 * @param namespace in lower case
 * @param name in lower case
 */
record Target(Kind kind, String namespace, String name) {

    private static final Pattern FORM = Pattern.compile("(?:([^:/]*):)?([^:/]*)/([^:/]*)");

    /** The kinds of targets. */
    enum Kind {
        USER,
        GROUP;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Target {
        try {
            EntityRef ref = new EntityRef(kind.label(), namespace, name);
            namespace = ref.namespace();
            name = ref.name();
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(String.valueOf(e.getMessage()));
        }
    }

    /** Parses {@code namespace/name} or {@code kind:namespace/name}, case-insensitively. */
    static Target parse(Kind kind, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInput(
                    Quoted.of(text) + " is not of the form namespace/name or " + kind.label() + ":namespace/name");
        }
        String given = parts.group(1);
        if (given != null && !given.toLowerCase(Locale.ROOT).equals(kind.label())) {
            throw new InvalidInput(Quoted.of(text) + " must name a " + kind.label() + ", not " + Quoted.of(given));
        }
        return new Target(kind, parts.group(2), parts.group(3));
    }

    /** {@code namespace/name}, without the kind. */
    String ref() {
        return namespace + "/" + name;
    }
}
