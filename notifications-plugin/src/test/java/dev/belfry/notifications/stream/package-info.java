@NullMarked
package dev.belfry.notifications.stream;

import org.jspecify.annotations.NullMarked;
