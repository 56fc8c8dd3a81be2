@NullMarked
package dev.belfry.notifications.jooq.row;

import org.jspecify.annotations.NullMarked;
