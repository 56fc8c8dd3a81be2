package dev.belfry.host.http;

import java.io.IOException;

/** The client disconnected, or was too slow, while a response was written. Not an error of the host. */
final class ClientDisconnected extends IOException {

    private static final long serialVersionUID = 1L;

    ClientDisconnected(IOException cause) {
        super("the client disconnected: " + cause.getMessage(), cause);
    }
}
