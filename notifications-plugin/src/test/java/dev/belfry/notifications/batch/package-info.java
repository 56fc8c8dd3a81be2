@NullMarked
package dev.belfry.notifications.batch;

import org.jspecify.annotations.NullMarked;
