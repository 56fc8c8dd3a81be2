package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.PemPrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backend.https}, in the forms of Backstage. */
class HttpsSettingsTest {

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void writeFiles() {
        config = new ConfigFolder(folder);
        PemFile.copy("server", folder);
        config.file("other.pem", PemFile.text("client.key"))
                .file("encrypted.pem", PemFile.text("encrypted.key"))
                .file("empty.pem", "");
    }

    private static String certificate(String cert, String key) {
        return "backend:\n  https:\n    certificate:\n      cert: { $file: " + cert + " }\n      key: { $file: " + key
                + " }\n";
    }

    @Test
    void itIsOffOrSelfSignedOrGiven() {
        assertThat(config.settings("backend: {}").https()).isEmpty();
        assertThat(config.settings("backend: { https: false }").https()).isEmpty();
        assertThat(config.settings("backend: { https: false }").scheme()).isEqualTo("http");
        assertThat(config.settings("backend: { https: true }").https()).contains(new HttpsSettings.SelfSigned());
        HostSettings given = config.settings(certificate("cert.pem", "key.pem"));
        assertThat(given.https()).contains(new HttpsSettings.Given(PemFile.certified("server")));
        assertThat(given.scheme()).isEqualTo("https");
        assertThat(given.toString()).doesNotContain(PemFile.text("server.key").substring(40, 60));
    }

    /** An unset variable elsewhere counts as absent: here, the host would serve without encryption. */
    @Test
    void anUnsetVariableDoesNotTurnEncryptionOff() {
        assertThat(config.faults("backend:\n  https: ${MISSING}\n"))
                .containsExactly(
                        "app.yaml:2: backend.https: the environment variable MISSING is not set; set it, or write"
                                + " ${MISSING:-default}");
        assertThat(config.faults("backend: {database: {client: pg, connection: {host: db, ssl: '${MISSING}'}}}"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:1: backend.database.connection.ssl: the environment variable MISSING is not set");
        assertThat(config.settings("backend:\n  https: ${MISSING:-false}\n").https())
                .isEmpty();
    }

    @Test
    void aTypeIsIgnoredAsInBackstage() {
        assertThat(config.settings(certificate("cert.pem", "key.pem") + "      type: pem\n")
                        .https())
                .isPresent();
        assertThat(config.ignored()).containsExactly("backend.https.certificate.type");
    }

    @Test
    void aShortKeyIsAWarning() {
        PemFile.copy("weak", folder);

        assertThat(config.settings(certificate("cert.pem", "key.pem")).https()).isPresent();
        assertThat(config.warnings())
                .singleElement()
                .asString()
                .startsWith("app.yaml:4: backend.https.certificate.cert: has an RSA key of 1024 bits");
    }

    @Test
    void aCertificateInABinaryFormatIsNamedWithTheCommandThatConvertsIt() throws Exception {
        Files.write(
                folder.resolve("cert.der"),
                PemFile.certified("server").certificate().getEncoded());
        Files.write(
                folder.resolve("key.der"),
                PemPrivateKey.in(PemFile.text("server.key")).getEncoded());

        assertThat(config.faults(certificate("cert.der", "key.der")))
                .satisfiesExactly(
                        cert -> assertThat(cert)
                                .startsWith(
                                        "app.yaml:4: backend.https.certificate.cert: the file 'cert.der' cannot be read")
                                .contains("'openssl x509 -inform der -in old -out new.pem'"),
                        key -> assertThat(key)
                                .startsWith(
                                        "app.yaml:5: backend.https.certificate.key: the file 'key.der' cannot be read")
                                .contains("'openssl pkey -inform der -in old -out new.pem'"));
    }

    @Test
    void faultsNameTheKeyAndNotTheContent() {
        assertThat(config.faults("backend:\n  https: {}\n"))
                .singleElement()
                .asString()
                .startsWith("app.yaml:2: backend.https.certificate: is required");
        assertThat(config.faults(certificate("empty.pem", "encrypted.pem")))
                .satisfiesExactly(
                        cert -> assertThat(cert)
                                .startsWith("app.yaml:4: backend.https.certificate.cert: holds no certificate"),
                        key -> assertThat(key)
                                .startsWith("app.yaml:5: backend.https.certificate.key: is encrypted")
                                .doesNotContain("MII"));
        assertThat(config.faults(certificate("cert.pem", "other.pem")))
                .singleElement()
                .asString()
                .startsWith("app.yaml:5: backend.https.certificate.key: does not belong");
    }
}
