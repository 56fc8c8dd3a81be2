/** What a plugin says of its own health. */
@NullMarked
package dev.belfry.api.health;

import org.jspecify.annotations.NullMarked;
