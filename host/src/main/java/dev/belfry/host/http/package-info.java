/**
 * HTTP: Jetty's server, the gateway that routes each request to a plugin, and a Javalin app for each plugin generation.
 *
 * <p>Event streams: {@code EventStreams} has all of them and their heartbeats, {@code PluginStreams} those of one
 * generation. A {@code ClientStream} is one of them, with its {@code StreamQueue}; it disconnects a slow client. {@code
 * StreamConnection} writes to the socket, and {@code StreamRequest} is what the plugin knows of the request.
 *
 * <p>Pages: {@code PathClaims} has the owner of each path, and {@code Mounts} what serves it now. A plugin declares {@code
 * PluginPages} for a path; its {@code PageMount} makes the {@code PageTable} of them, which finds the {@code PageTarget}
 * of a request, and {@code PageResponses} sends it.
 */
@NullMarked
package dev.belfry.host.http;

import org.jspecify.annotations.NullMarked;
