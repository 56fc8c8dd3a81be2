@NullMarked
package dev.belfry.notifications.jooq.search;

import org.jspecify.annotations.NullMarked;
