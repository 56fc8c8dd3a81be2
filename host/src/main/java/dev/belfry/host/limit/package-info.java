/** What clients may make the host hold, and how long their requests may work. */
@NullMarked
package dev.belfry.host.limit;

import org.jspecify.annotations.NullMarked;
