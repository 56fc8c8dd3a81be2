/**
 * The port through which notifications are kept, found, counted and marked, and the values that it speaks of. Another plugin
 * may supply it.
 */
@NullMarked
package dev.belfry.notifications.storage;

import org.jspecify.annotations.NullMarked;
