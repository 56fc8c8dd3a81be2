/** The plugin's routes: from a request to a use case, and from its answer to JSON. */
@NullMarked
package dev.belfry.notifications.rest;

import org.jspecify.annotations.NullMarked;
