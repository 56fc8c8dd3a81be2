/** Suggestions for misspelled names. */
@NullMarked
package dev.belfry.host.spelling;

import org.jspecify.annotations.NullMarked;
