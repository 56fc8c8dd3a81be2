/** Changes of inboxes that this host has made, for listeners inside the plugin. */
@NullMarked
package dev.belfry.notifications.event;

import org.jspecify.annotations.NullMarked;
