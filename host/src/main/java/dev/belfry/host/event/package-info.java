/** Events between plugins. */
@NullMarked
package dev.belfry.host.event;

import org.jspecify.annotations.NullMarked;
