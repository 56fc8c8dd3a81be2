package dev.belfry.notifications.durability;

import static org.awaitility.Awaitility.await;

import dev.belfry.cli.BelfryCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A host with the notifications plugin in its own process, which can be killed. */
final class HostProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SERVING = "serving ";

    private static final String CONFIG = """
            backend:
              listen: { host: 127.0.0.1, port: 0 }
              database: %s
            belfry: { dataDirectory: data, accessLog: false }
            auth: { providers: { guest: {} } }
            permission: { enabled: false }
            catalog: { locations: [ { target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins }
            """;

    private final Process process;
    private final Path output;

    private HostProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a host and waits until it is ready.
     *
     * @param folder data folder, which may be that of an earlier host
     * @param database the section {@code backend.database}, in one line
     * @param launcher prefix of the command, for instance to limit the process; may be empty
     */
    static HostProcess start(Path folder, String database, String... launcher) throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
        Path config = Files.writeString(folder.resolve("config.yaml"), CONFIG.formatted(database));
        Path output = folder.resolve("out-" + UUID.randomUUID());
        ProcessBuilder builder = new ProcessBuilder(launcher);
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BelfryCommand.class.getName(),
                        "start",
                        "--config",
                        config.toString()));
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        HostProcess host = new HostProcess(process, output);
        await().atMost(START_LIMIT)
                .until(() -> !process.isAlive() || host.address().isPresent());
        if (!process.isAlive()) {
            throw new IllegalStateException("the host did not start: " + Files.readString(output));
        }
        return host;
    }

    /** What the process has written so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    private Optional<String> address() throws IOException {
        return output().lines()
                .filter(line -> line.startsWith(SERVING))
                .map(line -> line.substring(SERVING.length()).strip())
                .findFirst();
    }

    /** The URL of the notifications. */
    URI notifications() {
        try {
            return URI.create(address().orElseThrow() + "/api/notifications/notifications");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A path as the process sees it; it may have its own file systems. */
    Path seenByHost(Path path) {
        return Path.of("/proc/" + process.pid() + "/root" + path);
    }

    /** Runs a command with the file systems and rights of the process. */
    void runBeside(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "nsenter", "--target", String.valueOf(process.pid()), "--user", "--preserve-credentials", "--mount");
        builder.command().addAll(List.of(command));
        int status = builder.inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(builder.command() + " ended with " + status);
        }
    }

    /** Kills the process as by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
