package dev.belfry.api.catalog;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference to an entity of the catalog, {@code kind:namespace/name}, such as {@code user:default/guest}. All three parts
 * are converted to lower case, so that references compare without regard to case.
 *
 * @param kind {@code user} or {@code group}, or another kind of the catalog
 * @param namespace {@code default} if the reference has none
 * @param name unique within kind and namespace
 * @since 0.1
 */
public record EntityRef(String kind, String namespace, String name) implements Comparable<EntityRef> {

    /** The kind of a user. */
    public static final String USER = "user";

    /** The kind of a group. */
    public static final String GROUP = "group";

    /** The namespace of a reference without one. */
    public static final String DEFAULT_NAMESPACE = "default";

    private static final int MAX_PART = 63;
    private static final int MAX_QUOTED = 80;
    private static final Pattern REF = Pattern.compile("(?:([^:/]+):)?(?:([^:/]+)/)?([^:/]+)");

    public EntityRef {
        kind = checked("kind", kind);
        namespace = checked("namespace", namespace);
        name = checked("name", name);
    }

    public static EntityRef user(String namespace, String name) {
        return new EntityRef(USER, namespace, name);
    }

    public static EntityRef group(String namespace, String name) {
        return new EntityRef(GROUP, namespace, name);
    }

    /**
     * Parses {@code [kind:][namespace/]name}.
     *
     * @param defaultKind the kind of a reference without one
     * @throws IllegalArgumentException naming the text and the expected form
     */
    public static EntityRef parse(String text, String defaultKind) {
        Matcher parts = REF.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(quoted(text) + " is not of the form [kind:][namespace/]name");
        }
        String kind = parts.group(1);
        String namespace = parts.group(2);
        return new EntityRef(
                kind == null ? defaultKind : kind, namespace == null ? DEFAULT_NAMESPACE : namespace, parts.group(3));
    }

    /**
     * Rejects non-ASCII letters before the conversion to lower case: some, such as the Kelvin sign U+212A, become ASCII letters
     * and would then name another entity.
     */
    private static String checked(String part, String value) {
        if (!isPart(value)) {
            throw new IllegalArgumentException(
                    part + " " + quoted(value)
                            + " must have 1 to 63 of the characters a-z, 0-9, '-', '_' and '.', and begin and end with a letter or digit");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    /** Untrusted text for a message: truncated, and with control characters escaped. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().limit(MAX_QUOTED).forEach(codePoint -> {
            int type = Character.getType(codePoint);
            if (type == Character.CONTROL || type == Character.SURROGATE) {
                quoted.append("\\u%04X".formatted(codePoint));
            } else {
                quoted.appendCodePoint(codePoint);
            }
        });
        return quoted.append(text.codePointCount(0, text.length()) > MAX_QUOTED ? "...'" : "'")
                .toString();
    }

    /** Not a regular expression: a catalog of 100,000 users calls this a million times. */
    private static boolean isPart(String text) {
        if (text.isEmpty()
                || text.length() > MAX_PART
                || !isLetterOrDigit(text.charAt(0))
                || !isLetterOrDigit(text.charAt(text.length() - 1))) {
            return false;
        }
        for (int i = 1; i < text.length() - 1; i++) {
            char letter = text.charAt(i);
            if (!isLetterOrDigit(letter) && letter != '-' && letter != '_' && letter != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    }

    /** {@code namespace/name}, without the kind. */
    public String qualifiedName() {
        return namespace + "/" + name;
    }

    /** {@code kind:namespace/name}. */
    @Override
    public String toString() {
        return kind + ":" + namespace + "/" + name;
    }

    @Override
    public int compareTo(EntityRef other) {
        return toString().compareTo(other.toString());
    }
}
