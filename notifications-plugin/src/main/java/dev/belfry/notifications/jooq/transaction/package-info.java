/** Transactions and locks, one implementation per database; retries and throttling. */
@NullMarked
package dev.belfry.notifications.jooq.transaction;

import org.jspecify.annotations.NullMarked;
