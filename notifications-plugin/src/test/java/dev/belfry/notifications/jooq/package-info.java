@NullMarked
package dev.belfry.notifications.jooq;

import org.jspecify.annotations.NullMarked;
