package dev.belfry.host.catalog;

import dev.belfry.host.catalog.RepositoryAddresses.Source;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One request for a file. */
final class RemoteFetch {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final Set<Integer> MISSING = Set.of(404, 410);

    private RemoteFetch() {}

    /**
     * @param known whose ETag is sent
     * @return empty when the file has not changed
     * @throws NoSuchFileException when the server has none
     * @throws IOException with a message that contains no secret
     */
    static Optional<RemoteCopy> fetch(HttpClient client, Source source, Optional<RemoteCopy> known) throws IOException {
        if (!RepositoryAddresses.isEncrypted(source.address())) {
            throw new RemoteProblem.Refused("the address of the file does not begin with https://");
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(source.address()).timeout(TIMEOUT).header("Accept", source.mediaType());
        source.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.text()));
        known.map(RemoteCopy::tag).filter(tag -> !tag.isEmpty()).ifPresent(tag -> request.header("If-None-Match", tag));
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return response.statusCode() == NOT_MODIFIED ? Optional.empty() : Optional.of(copy(response, body));
            }
        } catch (RegularFile.NotUtf8 | NoSuchFileException | RemoteProblem.Refused e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the request was interrupted", e);
        } catch (IOException e) {
            // The query of an address, also of one that a server redirects to, can contain a token.
            throw RemoteProblem.of(
                    e, (e.getMessage() == null ? e.toString() : e.getMessage()).replaceAll("\\?\\S+", ""));
        }
    }

    private static RemoteCopy copy(HttpResponse<InputStream> response, InputStream body) throws IOException {
        if (MISSING.contains(response.statusCode())) {
            throw new NoSuchFileException("the server responds with status " + response.statusCode());
        }
        if (response.statusCode() != OK) {
            throw RemoteProblem.ofStatus(response.statusCode());
        }
        if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            throw new RemoteProblem.Refused(
                    "the server responds with a web page; name the file itself, or add the server to"
                            + " integrations.github or integrations.gitlab");
        }
        int limit = (int) Math.min(PlaceReader.limit(), Integer.MAX_VALUE - 8);
        byte[] content = body.readNBytes(limit);
        if (body.read() >= 0) {
            throw new RemoteProblem.Refused("it is larger than " + (limit >> 10) + " KiB, the maximum");
        }
        return new RemoteCopy(response.headers().firstValue("ETag").orElse(""), RegularFile.text(content));
    }
}
