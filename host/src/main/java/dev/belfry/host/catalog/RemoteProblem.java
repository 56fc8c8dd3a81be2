package dev.belfry.host.catalog;

import dev.belfry.host.files.RegularFile;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** Why a file at a URL cannot be fetched. */
final class RemoteProblem {

    private static final int SERVER_ERROR = 500;

    /** Request Timeout and Too Many Requests: the same request can succeed later. */
    private static final Set<Integer> LATER = Set.of(408, 429);

    private RemoteProblem() {}

    /** The server or the host refuses the file, or it cannot be used: waiting does not help. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** @param status of a response without the file */
    static IOException ofStatus(int status) {
        String message = "the server responds with status " + status;
        return status >= SERVER_ERROR || LATER.contains(status) ? new IOException(message) : new Refused(message);
    }

    /** @param message without secrets */
    static IOException of(IOException failure, String message) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutgoingHttp.AddressRefused) {
                return new Refused(message);
            }
        }
        return new IOException(message);
    }

    /** Whether another attempt soon would not help. */
    static boolean isDefinite(IOException failure) {
        return failure instanceof Refused
                || failure instanceof NoSuchFileException
                || failure instanceof RegularFile.NotUtf8;
    }

    /**
     * @param written where the URL is written, such as {@code app-config.yaml:7}; empty if it is not known
     * @param consequence without a full stop
     */
    static String text(String written, URI address, IOException failure, String consequence) {
        return (written.isEmpty() ? "" : written + ": ") + new AtUrl(address) + " cannot be fetched: "
                + failure.getMessage() + ". " + consequence;
    }
}
