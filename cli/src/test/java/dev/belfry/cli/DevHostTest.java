package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Permission;
import dev.belfry.cli.authoring.BuildFailed;
import dev.belfry.cli.authoring.DevLoop;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.files.ProcessLock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevHostTest {

    private static final Pattern CURL = Pattern.compile("as (\\w+) +curl -H 'Authorization: (Bearer \\S+)' (\\S+)");

    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    /** Ringing is for everybody, melting is not. */
    public static final class BellsPlugin implements Plugin {

        /** Its section of the configuration. */
        public record Config(String tone) {}

        @Override
        public void start(PluginContext context) {
            String tone = context.config(Config.class).tone();
            context.routes(routes -> {
                routes.get("/ring", permission("bells.ring"), (request, caller) -> request.result(tone));
                routes.get("/melt", permission("bells.melt"), (request, caller) -> request.result("melted"));
            });
        }

        private static Permission permission(String name) {
            return new Permission(name, Permission.Action.USE);
        }
    }

    private DevLoop project(String config) throws Exception {
        return project(config, """
                [ { "name": "bells.ring", "action": "use", "meaning": "ring", "suggestedRole": "role:default/authenticated" },
                  { "name": "bells.melt", "action": "use", "meaning": "melt" } ]""");
    }

    private DevLoop project(String config, String permissions) throws Exception {
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("app-config.yaml"), config);
        DevLoop loop = new DevLoop(folder, said::add);
        Files.createDirectories(loop.dropFolder());
        PluginJar.of(BellsPlugin.class, "bells", "1.0.0")
                .file("META-INF/belfry/permissions.json", permissions)
                .writeTo(loop.dropFolder().resolve("plugin.jar"));
        return loop;
    }

    private String answerTo(String user, String path) throws Exception {
        for (int i = said.size() - 1; i >= 0; i--) {
            Matcher curl = CURL.matcher(said.get(i));
            if (curl.matches() && curl.group(1).equals(user)) {
                URI printed = URI.create(curl.group(3));
                HttpRequest request = HttpRequest.newBuilder(path.isEmpty() ? printed : printed.resolve(path))
                        .header("Authorization", curl.group(2))
                        .build();
                try (HttpClient client = HttpClient.newHttpClient()) {
                    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                    return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
                }
            }
        }
        throw new AssertionError("no line for " + user + " in " + said);
    }

    @Test
    void theUsersActAsPrintedAndAChangedConfigurationIsUsed() throws Exception {
        DevLoop loop = project("bells: { tone: c }");
        try (DevHost host = new DevHost(loop, 0, said::add)) {
            host.start();

            assertThat(answerTo("bob", "")).isEqualTo("c");
            assertThat(answerTo("bob", "/api/bells/melt")).isEqualTo("403");
            assertThat(answerTo("ada", "/api/bells/melt")).isEqualTo("melted");
            assertThat(folder.resolve(".belfry/policy.csv"))
                    .content()
                    .contains("p, role:default/authenticated, bells.ring, use, allow # ring")
                    .doesNotContain("bells.melt");

            Files.writeString(loop.config(), "bells: { tone: d }");
            host.configChanged();
            assertThat(answerTo("bob", "")).isEqualTo("d");

            Files.writeString(loop.config(), "backend: { listen: { port: none } }");
            host.configChanged();
            assertThat(said).last().asString().isEqualTo("kept      the previous configuration stays in use");
            assertThat(answerTo("bob", "")).isEqualTo("d");
        }
    }

    /** Fails at each start. */
    public static final class BrokenPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            throw new IllegalStateException("cracked");
        }
    }

    @Test
    void aSaveWhoseStartFailsIsReportedOnceAndThePreviousVersionRuns() throws Exception {
        DevLoop loop = project("bells: { tone: c }");
        try (DevHost host = new DevHost(loop, 0, said::add)) {
            host.start();
            host.sayFailures();
            assertThat(said).noneMatch(line -> line.startsWith("failed"));

            Path part = loop.dropFolder().resolve(".part");
            PluginJar.of(BrokenPlugin.class, "bells", "1.0.0").writeTo(part);
            Files.move(part, loop.dropFolder().resolve("plugin.jar"), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                host.sayFailures();
                return said.stream().anyMatch(line -> line.startsWith("failed"));
            });
            host.sayFailures();

            assertThat(said)
                    .filteredOn(line -> line.startsWith("failed"))
                    .singleElement()
                    .asString()
                    .startsWith("failed    bells 1.0.0: ")
                    .contains("cracked")
                    .endsWith("; the previous version keeps running");
            assertThat(answerTo("bob", "")).isEqualTo("c");
        }
    }

    @Test
    void aPluginThatSuggestsNoPermissionHasAPolicyWithoutAWarning() throws Exception {
        CapturedLog log = CapturedLog.of("dev.belfry.host");
        DevLoop loop = project("bells: { tone: c }", """
                [ { "name": "bells.ring", "action": "use", "meaning": "ring" },
                  { "name": "bells.melt", "action": "use", "meaning": "melt" } ]""");
        try (DevHost host = new DevHost(loop, 0, said::add)) {
            host.start();

            assertThat(answerTo("ada", "/api/bells/ring")).isEqualTo("c");
            assertThat(answerTo("bob", "/api/bells/ring")).isEqualTo("403");
            assertThat(answerTo("bob", "/api/host/plugins")).contains("bells");
        }
        assertThat(said).contains("plugin    bells 1.0.0 running");
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aSecondDevInAFolderIsRefusedBeforeItChangesAnything() throws Exception {
        DevLoop first = project("");
        DevLoop second = new DevLoop(folder, said::add);
        try (ProcessLock lock = first.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(second::lock)
                    .isInstanceOf(BuildFailed.class)
                    .hasMessageContaining("already runs in this folder");
        }
        second.lock().close();
    }

    @Test
    void aFolderWithoutAProjectStaysAsItIs() throws Exception {
        assertThatThrownBy(() -> new DevLoop(folder, said::add).lock())
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("call it in the folder of a plugin's project");
        assertThat(folder).isEmptyDirectory();
    }
}
