/** Sessions of browsers: who is signed in, and for how long. Knows neither HTTP nor SQL. */
@NullMarked
package dev.belfry.host.session;

import org.jspecify.annotations.NullMarked;
