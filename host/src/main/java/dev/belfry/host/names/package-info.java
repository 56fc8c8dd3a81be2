/** The names that the host has taken. */
@NullMarked
package dev.belfry.host.names;

import org.jspecify.annotations.NullMarked;
