package dev.belfry.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** The peer, which is a program for Node.js. */
public final class PeerServer implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What an idle process takes of the processor in a pause, at most: the clock of processes is coarse. */
    private static final Duration IDLE = Duration.ofMillis(20);

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private PeerServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether there is what it takes. */
    public static boolean isPossible() {
        try {
            Processes.output(Path.of("."), List.of("npm", "--version"));
            Processes.output(Path.of("."), List.of("node", "--version"));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Brings the peer and what it needs into a folder, once. */
    public static void install(Path sources, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "server.js")) {
            Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            Processes.output(
                    folder,
                    List.of(
                            "npm",
                            "install",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--no-package-lock",
                            "--legacy-peer-deps"));
        }
    }

    /** It makes its tables in the database, which must be there. */
    public static PeerServer start(Path folder, int databasePort, String database)
            throws IOException, InterruptedException {
        int port = Processes.freePort();
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("node", "server.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("PGPORT", String.valueOf(databasePort));
        builder.environment().put("PGDATABASE", database);
        builder.environment().put("NODE_ENV", "production");
        Process process = builder.start();
        try {
            Processes.await(process, output, "listening", START_LIMIT);
            return new PeerServer(process, port);
        } catch (IOException | InterruptedException e) {
            Processes.stop(process);
            throw e;
        }
    }

    public URI notifications() {
        return URI.create("http://127.0.0.1:" + port + "/api/notifications/notifications");
    }

    /** Until its process has nothing more to do. */
    void awaitIdle() throws InterruptedException {
        Duration before;
        Duration now = processorTime();
        do {
            before = now;
            Thread.sleep(PAUSE);
            now = processorTime();
        } while (now.minus(before).compareTo(IDLE) > 0);
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        Processes.stop(process);
    }
}
