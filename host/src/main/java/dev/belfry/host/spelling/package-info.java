/** Guesses what somebody meant to write. */
@NullMarked
package dev.belfry.host.spelling;

import org.jspecify.annotations.NullMarked;
