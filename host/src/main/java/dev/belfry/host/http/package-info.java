/**
 * HTTP: Jetty's server, the gateway that routes each request to a plugin, and a Javalin app for each plugin generation.
 */
@NullMarked
package dev.belfry.host.http;

import org.jspecify.annotations.NullMarked;
