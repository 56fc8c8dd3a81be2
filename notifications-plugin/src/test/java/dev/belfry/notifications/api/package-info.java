/** The whole plugin over real HTTP, as its clients meet it. */
@NullMarked
package dev.belfry.notifications.api;

import org.jspecify.annotations.NullMarked;
