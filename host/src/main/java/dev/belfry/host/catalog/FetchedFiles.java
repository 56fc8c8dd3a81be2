package dev.belfry.host.catalog;

import dev.belfry.host.settings.IntegrationSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files at URLs, for one reading: nothing is kept. */
final class FetchedFiles implements RemoteTexts {

    private final RepositoryAddresses addresses;
    private final HttpClient client;
    private final Map<URI, String> written = new HashMap<>();

    FetchedFiles(IntegrationSettings integrations, HttpClient client) {
        this.addresses = new RepositoryAddresses(integrations);
        this.client = client;
    }

    @Override
    public String text(URI address) throws IOException {
        try {
            return RemoteFetch.fetch(client, addresses.sourceOf(address), Optional.empty())
                    .orElseThrow(() -> new IOException("the server responds that the file has not changed"))
                    .text();
        } catch (IllegalArgumentException e) {
            throw new RemoteProblem.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void written(URI address, String place) {
        written.putIfAbsent(address, place);
    }

    /** As {@link #written} was told; empty if it was not. */
    String writtenAt(URI address) {
        return written.getOrDefault(address, "");
    }

    @Override
    public void keep(URI address) {}

    @Override
    public URI resolve(URI base, String target) {
        return addresses.resolve(base, target);
    }
}
