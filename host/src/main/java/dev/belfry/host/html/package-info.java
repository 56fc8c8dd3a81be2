/** HTML of the host's own pages. */
@NullMarked
package dev.belfry.host.html;

import org.jspecify.annotations.NullMarked;
