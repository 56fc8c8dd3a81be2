package dev.belfry.host.catalog;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The files of the catalog that are at URLs. */
interface RemoteTexts {

    /** Why this file is never fetched. */
    static Optional<String> refusal(URI address) {
        if (address.getRawUserInfo() != null) {
            return Optional.of("is not read: it contains credentials; write them to integrations");
        }
        return RepositoryAddresses.isEncrypted(address) && address.getHost() != null
                ? Optional.empty()
                : Optional.of("is not read: it must begin with https:// and a host");
    }

    /**
     * The newest text that is known; fetched if none is.
     *
     * @throws IOException when there is none
     */
    String text(URI address) throws IOException;

    /**
     * Remembers where a URL is written, for messages; the first place counts.
     *
     * @param place such as {@code app-config.yaml:7}
     */
    void written(URI address, String place);

    /** Keeps the newest text for the next start. */
    void keep(URI address);

    /** The address that a file refers to, as its server shows files to people. */
    URI resolve(URI base, String target);
}
