package dev.belfry.host.pf4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a class entry, such as {@code org/jooq/DSL.class}. Multi-release JARs have further versions below {@code
 * META-INF/versions/<version>} (JAR file specification).
 */
record ClassEntryName(String entry) {

    static final String SUFFIX = ".class";

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/(.+)");

    /** The class that is loaded from the entry. */
    String className() {
        Matcher versioned = VERSIONED.matcher(entry);
        String path = versioned.matches() ? versioned.group(2) : entry;
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The lowest Java version that loads the entry; 0 = any. */
    int fromJava() {
        Matcher versioned = VERSIONED.matcher(entry);
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : 0;
    }
}
