package dev.belfry.host.http;

import java.io.IOException;

/** Calls that wait for a client. The request releases its permit for that time. */
final class ClientWait {

    private ClientWait() {}

    /** A call that may block until the client has sent or read something. */
    @FunctionalInterface
    interface Blocking<T> {
        T call() throws IOException;
    }

    static <T> T await(Blocking<T> call) throws IOException {
        if (!BulkheadPermit.CURRENT.isBound()) {
            return call.call();
        }
        BulkheadPermit permit = BulkheadPermit.CURRENT.get();
        permit.pause();
        try {
            return call.call();
        } finally {
            permit.resume();
        }
    }
}
