/** Watches files and folders for changes. */
@NullMarked
package dev.belfry.host.watch;

import org.jspecify.annotations.NullMarked;
