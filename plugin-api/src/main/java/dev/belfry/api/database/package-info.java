/** Where a plugin's tables live. */
@NullMarked
package dev.belfry.api.database;

import org.jspecify.annotations.NullMarked;
