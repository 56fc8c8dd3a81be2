package dev.belfry.host.http;

import java.io.IOException;

/** The client has gone, or was too slow, while an answer was written: no fault of the host's. */
final class ClientDisconnected extends IOException {

    private static final long serialVersionUID = 1L;

    ClientDisconnected(IOException cause) {
        super("the client has gone: " + cause.getMessage(), cause);
    }
}
