package dev.belfry.host.lifecycle;

import java.util.Comparator;

/** Semantic versions, lowest first, and ranges of them. */
public interface Versions extends Comparator<String> {

    /** Whether the version lies in the range. */
    boolean isWithin(String range, String version);
}
