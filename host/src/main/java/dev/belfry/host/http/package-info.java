/**
 * HTTP: Jetty's server, the gateway that routes each request to a plugin, and a Javalin app for each plugin generation.
 *
 * <p>Event streams: {@code EventStreams} has all of them and their heartbeats, {@code PluginStreams} those of one
 * generation. A {@code ClientStream} is one of them, with its {@code StreamQueue}; it disconnects a slow client. {@code
 * StreamConnection} writes to the socket, and {@code StreamRequest} is what the plugin knows of the request.
 */
@NullMarked
package dev.belfry.host.http;

import org.jspecify.annotations.NullMarked;
