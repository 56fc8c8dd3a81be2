package dev.belfry.host.lifecycle;

import java.util.Comparator;

/** Semantic versions, in ascending order, and version ranges. */
public interface VersionRules extends Comparator<String> {

    /** Whether the version is in the range. */
    boolean isWithin(String range, String version);
}
