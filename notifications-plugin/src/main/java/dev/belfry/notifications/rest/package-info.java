/** The plugin's routes: parse requests, call use cases, write JSON. */
@NullMarked
package dev.belfry.notifications.rest;

import org.jspecify.annotations.NullMarked;
