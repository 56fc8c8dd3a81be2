package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.tls.PemFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code connection.ssl}, on a server that demands a client certificate whose name is the user. */
@Timeout(120)
class PostgresTlsTest {

    private static final String CLIENT = "cert: {$file: cert.pem}, key: {$file: key.pem}";

    @TempDir
    private static Path shared;

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        Path data = shared.resolve("data");
        Path cert = Files.writeString(shared.resolve("database.pem"), PemFile.text("database.pem"));
        Path ca = Files.writeString(shared.resolve("ca.pem"), PemFile.text("ca.pem"));
        Path key = Files.writeString(shared.resolve("database.key"), PemFile.text("database.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", cert.toString())
                .setServerConfig("ssl_key_file", key.toString())
                .setServerConfig("ssl_ca_file", ca.toString())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Files.writeString(
                    data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust clientcert=verify-full\n");
            statement.execute("select pg_reload_conf()");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    private Postgres settings(String ssl) {
        ConfigFolder config = new ConfigFolder(folder)
                .file("ca.pem", PemFile.text("ca.pem"))
                .file("other-ca.pem", PemFile.text("other-ca.pem"))
                .file("both.pem", PemFile.text("other-ca.pem") + PemFile.text("ca.pem"));
        config.file("stranger.pem", PemFile.text("ended.pem")).file("stranger.key", PemFile.text("ended.key"));
        PemFile.copy("client", folder);
        return (Postgres) config.settings("backend:\n  database: {client: pg, connection: {host: 127.0.0.1, port: "
                        + postgres.getPort() + ", user: postgres, ssl: " + ssl + "}}")
                .database()
                .of("any")
                .connection();
    }

    /** The user that the server read from the client certificate. */
    private String certified(String ssl) throws SQLException {
        try (Connection connection = PostgresDatabases.source(settings(ssl)).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select client_dn from pg_stat_ssl where pid = pg_backend_pid() and ssl")) {
            result.next();
            return result.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ca: {$file: ca.pem}, servername: db.internal",
                "ca: {$file: both.pem}, servername: db.internal",
                "rejectUnauthorized: false"
            })
    void theClientCertificateIsPresented(String options) throws SQLException {
        assertThat(certified("{" + options + ", " + CLIENT + "}")).isEqualTo("/CN=postgres");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ca: {$file: ca.pem}, servername: db.internal; demands a client certificate for the user 'postgres'",
                "ca: {$file: other-ca.pem}, servername: db.internal, " + CLIENT
                        + "; is signed by no CA that Belfry trusts",
                "servername: db.internal, " + CLIENT + "; is signed by no CA that Belfry trusts",
                "ca: {$file: ca.pem}, servername: other.internal, " + CLIENT + "; is for another name",
                "ca: {$file: ca.pem}, " + CLIENT + "; is for another name",
                "ca: {$file: ca.pem}, servername: db.internal, cert: {$file: stranger.pem}, key: {$file: stranger.key}"
                        + "; client certificate"
            })
    void aServerThatIsNotTrustedOrDemandsMoreIsNotUsed(String options, String reason) {
        for (int attempt = 0; attempt < 3; attempt++) {
            SQLException failure = catchThrowableOfType(
                    SQLException.class, () -> PostgresDatabases.describeServer(settings("{" + options + "}")));
            assertThat(failure.getMessage())
                    .contains("PostgreSQL at 127.0.0.1:" + postgres.getPort(), reason)
                    .doesNotContain("check that it is running", "FATAL", "Exception", "PKIX");
        }
    }

    @Test
    void noKeyIsInTheUrlOrTheText() {
        Postgres settings = settings("{ca: {$file: ca.pem}, " + CLIENT + "}");
        String key = PemFile.text("client.key").substring(40, 60);

        assertThat(settings.jdbcUrl()).endsWith("?sslmode=verify-full");
        assertThat(settings.toString()).doesNotContain(key);
        assertThat(settings.tls().toString()).contains("CN=postgres").doesNotContain(key);
    }
}
