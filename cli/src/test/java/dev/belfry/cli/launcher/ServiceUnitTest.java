package dev.belfry.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit of the distribution, in a layout like the one that it names. */
@Tag("soak")
class ServiceUnitTest {

    private static final Path UNIT = Path.of("../distribution/src/main/systemd/belfry.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path installation;
    private Path state;

    /** The unit with the folders of the test. */
    private String unit;

    @BeforeEach
    void install() throws IOException {
        installation = folder.resolve("opt/belfry-1");
        state = Files.createDirectories(folder.resolve("var"));
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Installation.in(installation);
        Files.createSymbolicLink(folder.resolve("opt/current"), Path.of("belfry-1"));
        Files.writeString(etc.resolve("app-config.yaml"), """
                backend: { listen: { port: 0 } }
                belfry: { dataDirectory: %1$s/data, drainTimeout: PT1S }
                dynamicPlugins: { rootDirectory: %1$s/dynamic-plugins }
                """.formatted(state));
        unit = Files.readString(UNIT)
                .replace("/opt/belfry/", folder.resolve("opt") + "/")
                .replace("/etc/belfry/", etc + "/")
                .replace("/var/lib/belfry", state.toString());
    }

    private String value(String key) {
        return unit.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> filesOfInstallation() throws IOException {
        try (Stream<Path> files = Files.walk(installation)) {
            return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void systemdAcceptsTheUnit() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE));
        Path file = Files.writeString(
                folder.resolve("belfry.service"),
                unit.replace("User=belfry", "User=root").replace("Group=belfry", "Group=root"));
        Path output = folder.resolve("output");
        Process verify = new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(verify.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(output))
                .filteredOn(line -> line.contains("belfry.service"))
                .isEmpty();
    }

    @Test
    void theServiceRunsWithoutHomeReloadsStopsAndWritesNothingToTheInstallation() throws Exception {
        Set<String> before = filesOfInstallation();
        Path output = folder.resolve("output");
        ProcessBuilder service = new ProcessBuilder(List.of(value("ExecStart").split(" ")))
                .directory(Path.of(value("WorkingDirectory")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        service.environment().clear();
        service.environment().put("PATH", "/usr/bin:/bin");
        service.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = service.start();
        try {
            await().atMost(LIMIT).until(() -> Files.readString(output).contains("serving   ") || !process.isAlive());
            List<String> reload = List.of(value("ExecReload")
                    .replace("$MAINPID", Long.toString(process.pid()))
                    .split(" "));
            // Tests log warnings only, so the answer is that the process runs on.
            assertThat(new ProcessBuilder(reload).start().waitFor()).isZero();
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("stopped");
        assertThat(filesOfInstallation()).isEqualTo(before);
        assertThat(state.resolve("data")).isDirectory();
    }
}
