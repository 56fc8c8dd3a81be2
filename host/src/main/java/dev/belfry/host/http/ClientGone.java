package dev.belfry.host.http;

import java.io.IOException;

/** The client has gone, or was too slow, while an answer was written: no fault of the host's. */
final class ClientGone extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGone(IOException cause) {
        super("the client has gone: " + cause.getMessage(), cause);
    }
}
