@NullMarked
package dev.belfry.notifications.jooq.audience;

import org.jspecify.annotations.NullMarked;
