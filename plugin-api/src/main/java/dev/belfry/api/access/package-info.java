/** Who is calling, and may they: callers, permissions, and the two ports that answer. */
@NullMarked
package dev.belfry.api.access;

import org.jspecify.annotations.NullMarked;
