package dev.belfry.host.catalog;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The files of the catalog that are at URLs. */
interface RemoteTexts {

    /** Why this file is never fetched. */
    Optional<String> refusal(URI address);

    /**
     * The newest text that is known; fetched if none is.
     *
     * @throws IOException when there is none
     */
    String text(URI address) throws IOException;

    /** Keeps the newest text for the next start. */
    void keep(URI address);

    /** The address that a file refers to, as its server shows files to people. */
    URI resolve(URI base, String target);
}
