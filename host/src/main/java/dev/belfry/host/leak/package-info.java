/** What plugins leave behind: cleaned up where it can be, and reported where it cannot. */
@NullMarked
package dev.belfry.host.leak;

import org.jspecify.annotations.NullMarked;
