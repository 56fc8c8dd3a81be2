package dev.belfry.host.logoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.LogSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The log as a program reads it. */
class LogOutputTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

    @AfterEach
    void stop() {
        context.stop();
    }

    private void use(String yaml) {
        context.setMDCAdapter(mdc);
        LogSettings settings = new ConfigFolder(folder).settings(yaml).log();
        new LogbackOutput(context).use(settings);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("logs/belfry.log"));
    }

    private JsonNode line() throws IOException {
        return JSON.readTree(lines().getLast());
    }

    private Logger logger(String name) {
        return context.getLogger(name);
    }

    @Test
    void aLineIsAJsonObjectWithTheFieldsOfEcs() throws Exception {
        use("log: { format: json, file: { path: logs/belfry.log } }");
        mdc.put("plugin", "bell");
        mdc.put("request", "id-1");
        logger("access")
                .atInfo()
                .addKeyValue("http.response.status_code", 200)
                .addKeyValue("route", "/x")
                .log("served");

        JsonNode line = line();
        assertThat(Instant.parse(line.get("@timestamp").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.get("log.level").asText()).isEqualTo("INFO");
        assertThat(line.get("message").asText()).isEqualTo("served");
        assertThat(line.get("log.logger").asText()).isEqualTo("access");
        assertThat(line.get("labels.plugin").asText()).isEqualTo("bell");
        assertThat(line.get("labels.route").asText()).isEqualTo("/x");
        assertThat(line.get("http.request.id").asText()).isEqualTo("id-1");
        assertThat(line.get("http.response.status_code").isInt()).isTrue();
        assertThat(line.has("ecs.version")).isTrue();
    }

    @Test
    void aLineNamesItsTraceIfItHasOne() throws Exception {
        use("log: { file: { path: logs/belfry.log } }");
        logger("x").info("before");
        mdc.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
        mdc.put("span_id", "b7ad6b7169203331");
        logger("x").info("within");
        use("log: { format: json, file: { path: logs/belfry.log } }");
        logger("x").info("within");

        assertThat(lines().get(0)).endsWith(" - before");
        assertThat(lines().get(1))
                .endsWith(" - within trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331");
        assertThat(line().get("trace.id").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line().get("span.id").asText()).isEqualTo("b7ad6b7169203331");
        assertThat(line().has("labels.trace_id")).isFalse();
    }

    @Test
    void anErrorIsOneLineWithoutPasswords() throws Exception {
        use("log: { format: json, file: { path: logs/belfry.log } }");
        logger("x").error("half a letter \ud800", new IllegalStateException("no postgres://u:hunter22@h/x"));

        assertThat(lines()).hasSize(1);
        assertThat(lines().getFirst()).doesNotContain("hunter22");
        assertThat(line().get("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line().get("error.message").asText()).isEqualTo("no postgres://u:***@h/x");
        assertThat(line().get("error.stack_trace").asText()).contains("\n\tat dev.belfry.host.logoutput.LogOutputTest");
    }

    @Test
    void levelsAreSetByLoggerAndCanBeTakenBack() throws Exception {
        use("log: { levels: { root: warn, plugin.bell: debug }, file: { path: logs/belfry.log } }");
        logger("plugin.bell").debug("one");
        logger("plugin.other").info("two");
        use("log: { file: { path: logs/belfry.log } }");
        logger("plugin.bell").debug("three");
        logger("plugin.other").info("four");
        logger("org.flywaydb").info("five");

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).endsWith(" - one");
        assertThat(lines().get(1)).endsWith(" - four");
    }

    @Test
    void aFileThatIsFullIsPackedAndOldOnesAreDeleted() throws Exception {
        use("log: { file: { path: logs/belfry.log, maxSize: 65536, keepSize: 65536 } }");
        String filler = "x".repeat(10_000);

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = 0; i < 10; i++) {
                        logger("x").info(filler);
                    }
                    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
                        return files.anyMatch(
                                file -> file.toString().matches(".*/belfry\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+\\.log\\.gz"));
                    }
                });
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileAndItsFolderAreOnlyForTheHostsUserAlsoAfterARotation() throws Exception {
        use("log: { file: { path: logs/belfry.log, maxSize: 65536 } }");
        assertThat(permissions("logs")).isEqualTo("rwx------");
        assertThat(permissions("logs/belfry.log")).isEqualTo("rw-------");

        Object before = Files.readAttributes(folder.resolve("logs/belfry.log"), BasicFileAttributes.class)
                .fileKey();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = 0; i < 10; i++) {
                        logger("x").info("x".repeat(10_000));
                    }
                    return !Files.readAttributes(folder.resolve("logs/belfry.log"), BasicFileAttributes.class)
                            .fileKey()
                            .equals(before);
                });
        assertThat(permissions("logs/belfry.log")).isEqualTo("rw-------");
    }

    @Test
    void anArchiveHasAllLinesAndIsOnlyForTheHostsUser() throws Exception {
        use("log: { file: { path: logs/belfry.log, maxSize: 65536 } }");
        List<String> written = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (int i = 0; i < 10; i++) {
                        written.add(written.size() + "x".repeat(10_000));
                        logger("x").info(written.getLast());
                    }
                    return archives().size() > 1;
                });
        // Waits for the compression of the last one.
        context.stop();

        List<String> lines = new ArrayList<>();
        for (Path archive : archives()) {
            if (!OS.WINDOWS.isCurrentOs()) {
                assertThat(permissions("logs/" + archive.getFileName())).isEqualTo("rw-------");
            }
            try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        lines.addAll(lines());
        assertThat(lines).hasSameSizeAs(written);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).endsWith(" - " + written.get(i));
        }
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            assertThat(files).hasSize(archives().size() + 1);
        }
    }

    /** Oldest first. */
    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".gz"))
                    .sorted(Comparator.comparing(Path::toString, Comparator.comparingInt(String::length))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPresentFileKeepsItsPermissions() throws Exception {
        Files.createDirectory(folder.resolve("logs"));
        Files.createFile(folder.resolve("logs/belfry.log"));
        Files.setPosixFilePermissions(folder.resolve("logs/belfry.log"), PosixFilePermissions.fromString("rw-r-----"));
        use("log: { file: { path: logs/belfry.log } }");

        assertThat(permissions("logs/belfry.log")).isEqualTo("rw-r-----");
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAndTheLogGoesOn() throws Exception {
        use("log: { file: { path: logs/belfry.log } }");
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> use("log: { file: { path: file/belfry.log } }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("log.file.path");
        logger("x").info("still here");
        assertThat(lines().getLast()).contains("still here");
    }
}
