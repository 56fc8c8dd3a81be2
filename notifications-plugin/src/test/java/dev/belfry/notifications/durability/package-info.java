/** What was acknowledged is there: through processes and databases that end without a word. */
@NullMarked
package dev.belfry.notifications.durability;

import org.jspecify.annotations.NullMarked;
