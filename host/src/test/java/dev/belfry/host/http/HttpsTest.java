package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.RunningHost;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.tls.CertificateExpiry;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.SelfSignedCertificate;
import dev.belfry.host.tls.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code backend.https}. */
@Timeout(180)
class HttpsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FILES =
            "backend: { https: { certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } } } }";

    @TempDir
    private Path folder;

    private static HttpResponse<String> get(URI uri, HttpClient client) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(RunningHost host, CertifiedKey trusted) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(TlsContexts.clientOf(trusted.certificate()))
                .build()) {
            return get(host.uri("/readyz"), client);
        }
    }

    private static String served(RunningHost host) throws Exception {
        for (String name : new String[] {"server", "replacement", "ended"}) {
            try {
                HttpResponse<String> response = get(host, PemFile.certified(name));
                X509Certificate certificate =
                        (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
                return certificate.getSubjectX500Principal().getName();
            } catch (SSLHandshakeException e) {
                // It is another one.
            }
        }
        throw new IllegalStateException("none of them");
    }

    @Test
    void trueServesASelfSignedCertificateOfTheDataDirectory() throws Exception {
        try (RunningHost host = RunningHost.start(folder, "backend: { https: true }")) {
            assertThat(host.uri("/").getScheme()).isEqualTo("https");
            CertifiedKey own =
                    SelfSignedCertificate.existing(folder.resolve("data")).orElseThrow();

            HttpResponse<String> response = get(host, own);

            assertThat(response.statusCode()).isEqualTo(200);
            // Browsers would refuse localhost without TLS from then on.
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
            assertThatThrownBy(() -> host.get("/readyz")).hasRootCauseInstanceOf(Exception.class);
        }
    }

    @Test
    void aCertificateOfTheConfigurationIsReplacedWithItsFiles() throws Exception {
        PemFile.copy("server", folder);
        CapturedLog log = CapturedLog.of(LiveConfig.class);
        try (RunningHost host = RunningHost.start(folder, FILES)) {
            HttpResponse<String> response = get(host, PemFile.certified("server"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");

            Files.writeString(folder.resolve("key.pem"), "damaged");
            await().atMost(LIMIT).until(() -> !log.messages().isEmpty());
            assertThat(log.messages().getFirst())
                    .contains("the previous one stays in use", "more.yaml:1: backend.https.certificate.key: holds no");
            assertThat(served(host)).isEqualTo("CN=server");

            PemFile.copy("replacement", folder);
            await().atMost(LIMIT).until(() -> served(host).equals("CN=replacement"));
        }
    }

    @Test
    void aCertificateThatHasEndedIsServedWithAWarning() throws Exception {
        PemFile.copy("ended", folder);
        CapturedLog log = CapturedLog.of(CertificateExpiry.class);
        try (RunningHost host = RunningHost.start(folder, FILES)) {
            assertThat(log.messages()).singleElement().asString().contains("ended at");
            assertThat(served(host)).isEqualTo("CN=ended");
        }
    }
}
