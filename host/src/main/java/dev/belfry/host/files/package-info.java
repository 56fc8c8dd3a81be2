/** How the host writes what is its own. */
@NullMarked
package dev.belfry.host.files;

import org.jspecify.annotations.NullMarked;
