package dev.belfry.notifications.storage;

/** Checks references to users and groups. */
final class Ref {

    private Ref() {}

    /** By hand, because each request creates some, and a regular expression takes several times as long. */
    static void check(String value) {
        int slash = value.indexOf('/');
        if (slash < 1
                || slash == value.length() - 1
                || !isName(value, 0, slash)
                || !isName(value, slash + 1, value.length())) {
            throw new IllegalArgumentException("'" + value + "' is not of the form namespace/name in lower case");
        }
    }

    private static boolean isName(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
