/** The notifications plugin: this package composes what the others are. */
@NullMarked
package dev.belfry.notifications;

import org.jspecify.annotations.NullMarked;
