@NullMarked
package dev.belfry.notifications;

import org.jspecify.annotations.NullMarked;
