package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path has one owner. */
class PageConflictsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Does with its context what the file {@code mount} in its JAR says. */
    public static final class MountingPlugin implements Plugin {

        @Override
        public void start(PluginContext context) throws IOException {
            String[] words = new String(
                            getClass().getResourceAsStream("/mount").readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8)
                    .split(" ", -1);
            for (String path : words[0].split(",", -1)) {
                context.pages(path, pages -> {
                    pages.files(words[1], Access.PUBLIC);
                    pages.page(words[2], Access.PUBLIC, words[3]);
                    if (words.length > 4) {
                        pages.contentSecurityPolicy(words[4].replace('_', ' '));
                    }
                });
            }
        }
    }

    @TempDir
    private Path folder;

    private RunningHost host;

    @BeforeEach
    void start() {
        host = RunningHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void drop(String id, String version, String mount) throws IOException {
        Path aside = PluginJar.of(MountingPlugin.class, id, version)
                .file("mount", mount)
                .file("web/index.html", id + " " + version)
                .writeTo(folder.resolve(id + ".jar"));
        Files.move(
                aside,
                RunningHost.dropFolder(folder).resolve(id + ".jar"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void dropAt(String id, String path) throws IOException {
        drop(id, "1.0.0", path + " web / index.html");
    }

    private void awaitState(String id, State state) {
        await().atMost(LIMIT)
                .until(() ->
                        host.plugins().stream().anyMatch(plugin -> plugin.id().equals(id) && plugin.state() == state));
    }

    private String reason(String id) {
        return host.plugin(id).reason().orElse("");
    }

    @ParameterizedTest
    @CsvSource({"/bells, /bells", "/bells, /bells/old", "/bells/old, /bells"})
    void theSecondPluginAtAPathFailsAndNamesTheFirst(String first, String second) throws IOException {
        dropAt("first", first);
        awaitState("first", State.RUNNING);
        dropAt("second", second);
        awaitState("second", State.FAILED);

        assertThat(reason("second"))
                .isEqualTo(
                        "pages cannot be mounted at '" + second + "': the plugin 'first' has the path '" + first + "'");
        assertThat(host.get(first + "/").body()).isEqualTo("first 1.0.0");
    }

    @Test
    void theSecondCanStartWhenTheFirstHasStopped() throws IOException {
        dropAt("first", "/bells");
        awaitState("first", State.RUNNING);
        dropAt("second", "/bells");
        awaitState("second", State.FAILED);

        host.send("POST", "/api/host/plugins/first/disable", BodyPublishers.noBody());
        await().atMost(LIMIT).until(() -> host.get("/bells/").statusCode() == 404);
        host.send("POST", "/api/host/plugins/second/restart", BodyPublishers.noBody());

        awaitState("second", State.RUNNING);
        assertThat(host.get("/bells/").body()).isEqualTo("second 1.0.0");
    }

    @Test
    void aPathIsFreeAfterAFailedStart() throws IOException {
        drop("first", "1.0.0", "/bells web / missing.html");
        awaitState("first", State.FAILED);
        assertThat(reason("first"))
                .isEqualTo("the file 'web/missing.html' of the pages at '/bells' is not in the plugin's JAR");

        dropAt("second", "/bells");

        awaitState("second", State.RUNNING);
    }

    @Test
    void aReplacementTakesOverItsPathsAndMayChangeThem() throws IOException {
        dropAt("bells", "/bells");
        awaitState("bells", State.RUNNING);
        drop("bells", "2.0.0", "/bells/new,/rings web / index.html");

        await().atMost(LIMIT).until(() -> host.get("/bells/new/").body().equals("bells 2.0.0"));
        assertThat(host.get("/rings/").body()).isEqualTo("bells 2.0.0");
        assertThat(host.get("/bells/").statusCode()).isEqualTo(404);
        dropAt("other", "/bells/old");
        awaitState("other", State.RUNNING);
    }

    @Test
    void aPluginHasNoPathTwice() throws IOException {
        dropAt("bells", "/bells,/bells/old");

        awaitState("bells", State.FAILED);
        assertThat(reason("bells")).contains("the plugin 'bells' has the path '/bells'");
    }

    @ParameterizedTest
    @CsvSource({
        "/api, /api",
        "/api/bells, /api",
        "/metrics, /metrics",
        "/metrics/bells, /metrics",
        "/readyz, /readyz",
        "/livez, /livez",
        "/healthz, /healthz",
        "/console.css, /console.css"
    })
    void thePathsOfTheHostAreRefused(String path, String of) throws IOException {
        dropAt("bells", path);

        awaitState("bells", State.FAILED);
        assertThat(reason("bells"))
                .isEqualTo("pages cannot be mounted at '" + path + "': the path '" + of + "' belongs to the host");
    }

    @ParameterizedTest
    @CsvSource({
        "/ web / index.html, 'pages cannot be mounted at ''/'''",
        "bells web / index.html, 'pages cannot be mounted at ''bells'''",
        "/bells/ web / index.html, 'pages cannot be mounted at ''/bells/'''",
        "/Bells web / index.html, 'pages cannot be mounted at ''/Bells'''",
        "/.well-known web / index.html, 'pages cannot be mounted at ''/.well-known'''",
        "/a/../api web / index.html, 'pages cannot be mounted at ''/a/../api'''",
        "/a/b/c/d web / index.html, 'pages cannot be mounted at ''/a/b/c/d'''",
        "/bells META-INF / MANIFEST.MF, '''META-INF'' is no folder'",
        "/bells ../web / index.html, '''../web'' is no folder'",
        "/bells '' / index.html, ''''' is no folder'",
        "/bells none / index.html, 'the plugin''s JAR has none in the folder ''none'''",
        "/bells web /{x/y} index.html, 'has the segment ''{x'''",
        "/bells web /../x index.html, 'has the segment ''..'''",
        "/bells web x index.html, 'must begin with ''/'''",
        "/bells web / index.html default-src=x, 'the content security policy ''default-src=x'' is not a list'"
    })
    void aWrongDeclarationFailsTheStartWithItsReason(String mount, String reason) throws IOException {
        drop("bells", "1.0.0", mount.replace("''", ""));

        awaitState("bells", State.FAILED);
        assertThat(reason("bells")).contains(reason.replace("''''", "''"));
    }
}
