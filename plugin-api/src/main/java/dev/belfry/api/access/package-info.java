/** Authentication and authorization: callers, permissions, and the two ports. */
@NullMarked
package dev.belfry.api.access;

import org.jspecify.annotations.NullMarked;
