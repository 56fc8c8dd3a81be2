/** Sign-in over HTTP: the routes below {@code /api/auth}, the page {@code /sign-in} and the session cookie. */
@NullMarked
package dev.belfry.host.signin;

import org.jspecify.annotations.NullMarked;
