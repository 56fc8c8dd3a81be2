package dev.belfry.plugins.directory;

import java.util.regex.Pattern;

/** Makes names of the catalog from names of a directory, by the rules of Backstage's providers of organizations. */
public final class EntityNames {

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9_.-]");
    private static final Pattern REPEATED = Pattern.compile("_{2,}");
    private static final Pattern AT_THE_END = Pattern.compile("_+$");

    private EntityNames() {}

    /**
     * Replaces characters that a name must not have by {@code _}. The result may still be no valid name, for example if it is empty.
     */
    public static String normalized(String name) {
        String replaced = NOT_ALLOWED.matcher(name.strip()).replaceAll("_");
        return REPEATED.matcher(AT_THE_END.matcher(replaced).replaceAll("")).replaceAll("_");
    }
}
