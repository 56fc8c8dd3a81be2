package dev.belfry.cli.launcher;

import static org.awaitility.Awaitility.await;

import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A host in its own process, started by the launcher with the classes of this build. */
final class LaunchedHost implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SERVING = "serving ";

    private final Process process;
    private final Path output;
    private final Path errors;

    private LaunchedHost(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** @param environment in addition to this process's, for instance BELFRY_JAVA_OPTS */
    static LaunchedHost start(Path folder, Map<String, String> environment) throws IOException {
        Path launcher = Installation.in(folder.resolve("installation"));
        RunningHost.dropFolder(folder);
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
        Path config = Files.writeString(folder.resolve("config.yaml"), RunningHost.CONFIG);
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "start", "--config", config.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        LaunchedHost host = new LaunchedHost(process, output, errors);
        await().atMost(START_LIMIT).until(() -> !process.isAlive() || host.isServing());
        if (!process.isAlive()) {
            throw new IllegalStateException("the host did not start: " + host.errors());
        }
        return host;
    }

    private boolean isServing() throws IOException {
        return Files.readString(output).lines().anyMatch(line -> line.startsWith(SERVING));
    }

    URI uri(String path) throws IOException {
        return Files.readString(output)
                .lines()
                .filter(line -> line.startsWith(SERVING))
                .map(line -> URI.create(line.substring(SERVING.length()).strip() + path))
                .findFirst()
                .orElseThrow();
    }

    Process process() {
        return process;
    }

    /** Its output on standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
