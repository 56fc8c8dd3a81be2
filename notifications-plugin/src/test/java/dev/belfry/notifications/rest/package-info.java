@NullMarked
package dev.belfry.notifications.rest;

import org.jspecify.annotations.NullMarked;
