/** Health checks of a plugin. */
@NullMarked
package dev.belfry.api.health;

import org.jspecify.annotations.NullMarked;
