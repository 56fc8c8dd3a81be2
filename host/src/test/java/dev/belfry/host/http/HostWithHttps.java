package dev.belfry.host.http;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.TlsContexts;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Starts hosts that serve HTTPS with the certificate of the tests. */
final class HostWithHttps {

    private static final String HTTPS =
            "backend: { https: { certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } } } }";

    private HostWithHttps() {}

    static RunningHost start(Path folder, PluginJar plugin, String... moreConfig) {
        plugin.writeTo(RunningHost.dropFolder(folder).resolve("plugin.jar"));
        PemFile.copy("server", folder);
        return RunningHost.start(
                folder, Stream.concat(Stream.of(HTTPS), Stream.of(moreConfig)).toArray(String[]::new));
    }

    /** A client that trusts the certificate and prefers HTTP/2. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.clientOf(PemFile.certified("server").certificate()))
                .build();
    }
}
