/** What plugins provide to each other and to the host, as live views. */
@NullMarked
package dev.belfry.host.extension;

import org.jspecify.annotations.NullMarked;
