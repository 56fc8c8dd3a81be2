package dev.belfry.host.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An entity of the kind Location, which names other files.
 *
 * @param type such as {@code file}; empty = the type of the file that contains it
 * @param isOptional whether the targets may be missing
 * @param line where the file describes it; first line = 1
 */
record LocationEntity(Optional<String> type, List<String> targets, boolean isOptional, int line) {}
