package dev.belfry.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host without memory exits, so that a supervisor can restart it. */
@Tag("soak")
class OutOfMemoryTest {

    private static final int OUT_OF_MEMORY = 3;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    /** Allocates all memory. */
    public static final class GreedyPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/take", Access.PUBLIC, (request, caller) -> {
                List<byte[]> taken = new ArrayList<>();
                while (!taken.contains(null)) {
                    taken.add(new byte[MEBIBYTE]);
                }
            }));
        }
    }

    @Test
    void theProcessExitsWithAStatusAndALine() throws Exception {
        PluginJar.of(GreedyPlugin.class, "greedy", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("greedy.jar"));
        try (LaunchedHost host = LaunchedHost.start(folder, Map.of("BELFRY_JAVA_OPTS", "-Xmx48m"));
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(host.uri("/api/greedy/take")).build();
            try {
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                        .as("the host lives on")
                        .isNull();
            } catch (IOException e) {
                assertThat(host.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(host.process().exitValue()).isEqualTo(OUT_OF_MEMORY);
            assertThat(host.errors().lines())
                    .filteredOn(line -> line.contains("OutOfMemoryError"))
                    .containsExactly("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        }
    }
}
