/** The database of a plugin. */
@NullMarked
package dev.belfry.api.database;

import org.jspecify.annotations.NullMarked;
