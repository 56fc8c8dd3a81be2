/** Collects concurrent requests and handles them together. It knows no database. */
@NullMarked
package dev.belfry.notifications.batch;

import org.jspecify.annotations.NullMarked;
