@NullMarked
package dev.belfry.notifications.inbox;

import org.jspecify.annotations.NullMarked;
