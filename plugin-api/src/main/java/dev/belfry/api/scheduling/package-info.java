/** Recurring jobs of a plugin. */
@NullMarked
package dev.belfry.api.scheduling;

import org.jspecify.annotations.NullMarked;
