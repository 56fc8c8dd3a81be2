package dev.belfry.notifications.durability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A PgBouncer between a host and its PostgreSQL server. */
final class PgBouncer implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/sbin/pgbouncer");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path config;
    private final int port;
    private final int serverPort;

    private PgBouncer(Process process, Path config, int port, int serverPort) {
        this.process = process;
        this.config = config;
        this.port = port;
        this.serverPort = serverPort;
    }

    /** Skips the test with a visible message when this machine has no PgBouncer. */
    static void require() {
        if (!Files.isExecutable(BINARY)) {
            String missing = BINARY + " is missing (Debian: apt-get install pgbouncer)";
            System.err.println("SKIPPED: nothing is tested with PgBouncer: " + missing);
            Assumptions.abort(missing);
        }
    }

    /** @param settings further lines of the configuration */
    static PgBouncer start(Path folder, int serverPort, String poolMode, String... settings) throws IOException {
        return startFor("", folder, serverPort, poolMode, settings);
    }

    /**
     * As {@link #start}.
     *
     * @param database further parameters of all databases
     */
    static PgBouncer startFor(String database, Path folder, int serverPort, String poolMode, String... settings)
            throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        // PgBouncer does not run as root, and its user has to read the file.
        Path readable = Files.createTempDirectory(
                folder,
                "pgbouncer",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        folder.toFile().setExecutable(true, false);
        Path config = readable.resolve("pgbouncer.ini");
        write(config, port, serverPort, database, poolMode, settings);
        List<String> command = new ArrayList<>(List.of(BINARY.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("--user", "nobody"));
        }
        command.add(config.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        await().atMost(START_LIMIT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("pgbouncer.log")));
            }
            return listens(port);
        });
        return new PgBouncer(process, config, port, serverPort);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(
            Path config, int port, int serverPort, String database, String poolMode, String... settings)
            throws IOException {
        Files.writeString(config.resolveSibling("users.txt"), "\"postgres\" \"\"\n");
        Files.writeString(config, """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres %s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = %s
                %s
                """.formatted(
                serverPort, database, port, config.resolveSibling("users.txt"), poolMode, String.join("\n", settings)));
    }

    /** Changes the pool mode while clients are connected, as an operator would. */
    void changePoolMode(String poolMode) throws IOException, InterruptedException {
        write(config, port, serverPort, "", poolMode);
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
