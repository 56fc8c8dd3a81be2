package dev.belfry.plugins.inbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A Keycloak with the realm {@code acme}, from the distribution that the build has unpacked. */
final class Keycloak implements AutoCloseable {

    private static final Path UNPACKED = Path.of("target/keycloak");
    private static final String REALM = "acme-realm.json";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final String address;

    private Keycloak(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static Keycloak start() throws IOException {
        Path home = home();
        Path realms = Files.createDirectories(home.resolve("data/import"));
        try (InputStream in = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/" + REALM))) {
            Files.copy(in, realms.resolve(REALM), StandardCopyOption.REPLACE_EXISTING);
        }
        int port = freePort();
        Path log = UNPACKED.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=http://localhost:" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        Keycloak keycloak = new Keycloak(builder.start(), "http://localhost:" + port);
        try {
            await().atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(250))
                    .failFast("Keycloak has ended; its log is " + log, () -> !keycloak.process.isAlive())
                    .until(keycloak::isReady);
            return keycloak;
        } catch (RuntimeException e) {
            keycloak.close();
            throw e;
        }
    }

    private static Path home() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(UNPACKED, "keycloak-*")) {
            return folders.iterator().next();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(metadata()).toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return address;
    }

    String metadata() {
        return address + "/realms/acme/.well-known/openid-configuration";
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
