/** HTTP: Jetty's server, the gateway that passes each request on to a plugin, and a Javalin app for each generation of one. */
@NullMarked
package dev.belfry.host.http;

import org.jspecify.annotations.NullMarked;
