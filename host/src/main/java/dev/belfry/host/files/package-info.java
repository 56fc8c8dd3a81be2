/** Files that the host writes for itself alone, and files that others write. */
@NullMarked
package dev.belfry.host.files;

import org.jspecify.annotations.NullMarked;
