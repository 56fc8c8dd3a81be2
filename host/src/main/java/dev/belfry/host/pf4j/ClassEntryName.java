package dev.belfry.host.pf4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an entry that holds a class, such as {@code org/jooq/DSL.class}. A JAR for several versions of Java has some
 * again below {@code META-INF/versions/<version>} (JAR file specification, "Multi-release JAR files").
 */
record ClassEntryName(String entry) {

    static final String SUFFIX = ".class";

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/(.+)");

    /** The class that is loaded from it. */
    String className() {
        Matcher versioned = VERSIONED.matcher(entry);
        String path = versioned.matches() ? versioned.group(2) : entry;
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The Java from which on it is loaded; 0 = any. */
    int fromJava() {
        Matcher versioned = VERSIONED.matcher(entry);
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : 0;
    }
}
