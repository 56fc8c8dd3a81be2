/** Backup and restore of the plugins' data. */
@NullMarked
package dev.belfry.host.backup;

import org.jspecify.annotations.NullMarked;
