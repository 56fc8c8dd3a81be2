package dev.belfry.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's native library is unpacked once, and a failed load is reported with its reason. */
@Tag("soak")
class SqliteLibraryTest {

    @TempDir
    private Path folder;

    /** Has tables. */
    public static final class TablesPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.database().migrate("db");
        }
    }

    @BeforeEach
    void dropAPluginWithTables() {
        PluginJar.of(TablesPlugin.class, "tables", "1.0.0")
                .file("db/common/V1__n.sql", "create table n (n int);")
                .writeTo(RunningHost.dropFolder(folder).resolve("tables.jar"));
    }

    private static String plugin(LaunchedHost host) throws Exception {
        URI plugin = host.uri("/api/host/plugins/tables");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(plugin).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theLibraryIsInTheDataDirectoryAndNotInTheTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Map<String, String> environment =
                Map.of("BELFRY_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary);
        for (int start = 0; start < 2; start++) {
            try (LaunchedHost host = LaunchedHost.start(folder, environment)) {
                assertThat(plugin(host)).contains("\"state\":\"RUNNING\"");
            }
            assertThat(in(temporary)).isEmpty();
            assertThat(in(folder.resolve("data/native"))).hasSize(1);
        }
    }

    @Test
    void aFailedLoadIsReportedInOneSentence() throws Exception {
        // For the kernel, a noexec file system and an invalid library fail alike.
        String resource = org.sqlite.util.LibraryLoaderUtil.getNativeLibResourcePath();
        Path shipped = Files.createDirectories(folder.resolve("installation/lib/native" + resource));
        Path library =
                Files.writeString(shipped.resolve(org.sqlite.util.LibraryLoaderUtil.getNativeLibName()), "no library");
        try (LaunchedHost host = LaunchedHost.start(folder, Map.of("BELFRY_JAVA_OPTS", "-XX:TieredStopAtLevel=1"))) {
            assertThat(plugin(host))
                    .contains("\"state\":\"FAILED\"")
                    .contains("SQLite's native library cannot be loaded from " + library.toRealPath())
                    .contains("noexec", "belfry.dataDirectory");
            assertThat(host.errors()).doesNotContain("Connection is not available");
        }
    }
}
