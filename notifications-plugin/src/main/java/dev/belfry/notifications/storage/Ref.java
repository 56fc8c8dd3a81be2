package dev.belfry.notifications.storage;

import java.util.regex.Pattern;

/** What references to users and to groups have in common. */
final class Ref {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_.-]+/[a-z0-9_.-]+");

    private Ref() {}

    static void check(String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not of the form namespace/name in lower case");
        }
    }
}
