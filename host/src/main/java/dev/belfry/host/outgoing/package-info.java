/** HTTP requests of plugins to other servers. The adapter to Jetty's client. */
@NullMarked
package dev.belfry.host.outgoing;

import org.jspecify.annotations.NullMarked;
