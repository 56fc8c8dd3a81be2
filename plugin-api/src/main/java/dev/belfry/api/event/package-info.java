/** Events between plugins. */
@NullMarked
package dev.belfry.api.event;

import org.jspecify.annotations.NullMarked;
