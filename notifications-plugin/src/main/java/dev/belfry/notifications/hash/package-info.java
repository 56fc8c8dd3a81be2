/** The hash function of the plugin. */
@NullMarked
package dev.belfry.notifications.hash;

import org.jspecify.annotations.NullMarked;
