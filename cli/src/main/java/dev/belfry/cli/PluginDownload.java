package dev.belfry.cli;

import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.ListenSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Downloads a plugin's JAR by the host's HTTP client, which connects to public addresses and those of belfry.outgoing.allow only. */
final class PluginDownload {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int CHUNK = 1 << 16;

    private PluginDownload() {}

    static boolean isUrl(String source) {
        return source.contains("://");
    }

    /**
     * @param folder gets the file, with the last part of the URL's path as its name
     * @throws Refusal saying why there is no file
     */
    static Path to(Path folder, String url, HostSettings settings) throws Refusal {
        URI address = address(url);
        String path = address.getPath();
        Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
        if (!PluginDiscovery.isPlugin(file)) {
            throw new Refusal("the path of the URL must end with the name of a JAR, such as /bell-1.2.0.jar");
        }
        OutgoingHttp http = OutgoingHttp.open("install", settings.belfry().outgoing(), new SimpleMeterRegistry());
        try (http) {
            download(http.client(), address, file, settings.dynamicPlugins().maxSize());
            return file;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // The query of an address, also of one that a server redirects to, can contain a token.
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new Refusal("the JAR cannot be downloaded: " + reason.replaceAll("\\?\\S+", ""), e);
        }
    }

    private static URI address(String url) throws Refusal {
        try {
            URI address = new URI(url);
            boolean isEncrypted = "https".equalsIgnoreCase(address.getScheme())
                    || "http".equalsIgnoreCase(address.getScheme())
                            && ListenSettings.isLoopback(String.valueOf(address.getHost()));
            if (isEncrypted && address.getHost() != null && address.getPath() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new Refusal("the URL is not valid: " + e.getReason(), e);
        }
        throw new Refusal("the URL must begin with https:// and name a server");
    }

    private static void download(HttpClient client, URI address, Path file, long limit)
            throws IOException, InterruptedException, Refusal {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                OutputStream out = Files.newOutputStream(file)) {
            if (response.statusCode() != OK) {
                throw new Refusal(
                        "the JAR cannot be downloaded: the server responds with status " + response.statusCode());
            }
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                size += read;
                if (size > limit) {
                    throw new Refusal(
                            "the JAR is larger than " + limit + " bytes, the maximum (dynamicPlugins.maxSize)");
                }
                out.write(chunk, 0, read);
            }
        }
    }
}
