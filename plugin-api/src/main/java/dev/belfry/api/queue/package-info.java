/** Queues in the plugin's own database. */
@NullMarked
package dev.belfry.api.queue;

import org.jspecify.annotations.NullMarked;
