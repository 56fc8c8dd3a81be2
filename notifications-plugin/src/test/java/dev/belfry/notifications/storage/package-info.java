@NullMarked
package dev.belfry.notifications.storage;

import org.jspecify.annotations.NullMarked;
