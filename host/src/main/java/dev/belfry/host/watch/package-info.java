/** Notices when files change. */
@NullMarked
package dev.belfry.host.watch;

import org.jspecify.annotations.NullMarked;
