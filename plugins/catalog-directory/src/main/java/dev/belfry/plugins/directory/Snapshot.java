package dev.belfry.plugins.directory;

import dev.belfry.api.catalog.CatalogEntity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored state of the directory.
 *
 * @param revision 0 before the first read, and one more after each read that changed something
 * @param readAt the end of the last successful read; null before the first one
 */
record Snapshot(long revision, @Nullable Instant readAt, List<CatalogEntity> entities) {}
