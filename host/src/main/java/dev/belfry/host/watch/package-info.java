/** Watches files and folders for changes. Each watch has a thread of its own: docs/decisions/0055. */
@NullMarked
package dev.belfry.host.watch;

import org.jspecify.annotations.NullMarked;
