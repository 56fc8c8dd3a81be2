/**
 * Authentication and authorization: from credentials to a caller, from caller and route to a decision. Knows no web
 * framework and no token library.
 */
@NullMarked
package dev.belfry.host.access;

import org.jspecify.annotations.NullMarked;
