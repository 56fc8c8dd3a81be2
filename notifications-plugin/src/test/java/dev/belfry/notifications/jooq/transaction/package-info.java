@NullMarked
package dev.belfry.notifications.jooq.transaction;

import org.jspecify.annotations.NullMarked;
