@NullMarked
package dev.belfry.notifications.sending;

import org.jspecify.annotations.NullMarked;
