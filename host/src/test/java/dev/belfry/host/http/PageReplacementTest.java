package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages change with their plugin. */
class PageReplacementTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONG_FILE = 300_000;

    /** One page and one long file. */
    public static final class PagePlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.pages("/bells", pages -> {
                pages.files("web", Access.PUBLIC);
                pages.page("/", Access.PUBLIC, "index.html");
                pages.page("/{id}", Access.PUBLIC, "index.html");
            });
            context.routes(routes -> routes.get("/hangs", Access.PUBLIC, (request, caller) -> {
                Path inside = Files.createFile(Path.of(request.queryParam("inside")));
                while (Files.exists(inside)) {
                    Thread.sleep(10);
                }
            }));
        }
    }

    @TempDir
    private Path folder;

    private Path jar(String version) {
        return PluginJar.of(PagePlugin.class, "bells", version)
                .file("web/index.html", version)
                .file("web/long.bin", version + "x".repeat(LONG_FILE))
                .writeTo(folder.resolve("bells-" + version + ".jar"));
    }

    private void drop(String version) throws IOException {
        Files.copy(
                jar(version), RunningHost.dropFolder(folder).resolve("bells.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitVersion(RunningHost host, String version) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> host.get("/bells/").body().equals(version));
    }

    private static boolean isWhole(String path, HttpResponse<String> answer) {
        return answer.statusCode() == 200
                && (path.endsWith(".bin")
                        ? answer.body().length() == LONG_FILE + "1.0.0".length()
                        : answer.body().matches("[1-9]\\.0\\.0"));
    }

    @Test
    void noRequestFailsWhileVersionsReplaceEachOther() throws Exception {
        drop("1.0.0");
        try (RunningHost host = RunningHost.start(folder)) {
            awaitVersion(host, "1.0.0");
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger requests = new AtomicInteger();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            List<Thread> load = new ArrayList<>();
            for (String path : List.of("/bells/", "/bells/42", "/bells/long.bin", "/bells/")) {
                load.add(Thread.ofPlatform().start(() -> {
                    while (!done.get()) {
                        HttpResponse<String> answer = host.get(path);
                        requests.incrementAndGet();
                        if (!isWhole(path, answer)) {
                            failures.add(path + " " + answer.statusCode());
                        }
                    }
                }));
            }
            for (int i = 2; i <= 9; i++) {
                drop(i + ".0.0");
                awaitVersion(host, i + ".0.0");
            }
            done.set(true);
            for (Thread thread : load) {
                thread.join();
            }

            assertThat(failures).isEmpty();
            assertThat(requests.get()).isGreaterThan(100);
        }
    }

    @Test
    void aSlowClientGetsTheWholeFileOfTheReplacedVersion() throws Exception {
        drop("1.0.0");
        try (RunningHost host = RunningHost.start(folder);
                RawConnection slow = new RawConnection(host.port(), 4096)) {
            slow.send("GET /bells/long.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(slow.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");
            drop("2.0.0");
            awaitVersion(host, "2.0.0");

            String answer = slow.readAll(LIMIT);

            assertThat(answer).contains("1.0.0xxx").endsWith("xxx").hasSizeGreaterThan(LONG_FILE);
        }
    }

    @Test
    void aPageIsServedWhileAllPermitsOfThePluginAreTaken() throws Exception {
        drop("1.0.0");
        try (RunningHost host = RunningHost.start(folder, "belfry: { limits: { requestsPerPlugin: 1 } }")) {
            Path inside = folder.resolve("inside");
            Thread hanging = Thread.ofVirtual().start(() -> host.get("/api/bells/hangs?inside=" + inside));
            await().atMost(LIMIT).until(() -> Files.exists(inside));

            assertThat(host.get("/bells/").body()).isEqualTo("1.0.0");

            assertThat(hanging.isAlive()).isTrue();
            Files.delete(inside);
            hanging.join();
        }
    }

    @Test
    void pagesEndWithTheirPluginAndComeBackWithIt() throws Exception {
        drop("1.0.0");
        try (RunningHost host = RunningHost.start(folder)) {
            awaitVersion(host, "1.0.0");
            host.send("POST", "/api/host/plugins/bells/disable", BodyPublishers.noBody());
            assertThat(host.get("/bells/").statusCode()).isEqualTo(404);

            host.send("POST", "/api/host/plugins/bells/enable", BodyPublishers.noBody());
            assertThat(host.get("/bells/").body()).isEqualTo("1.0.0");
        }
    }

    @Test
    void aStoppedPluginReleasesItsJar() throws Exception {
        drop("1.0.0");
        try (RunningHost host = RunningHost.start(folder)) {
            awaitVersion(host, "1.0.0");
            assertThat(openCopies()).isGreaterThan(0);
            Files.delete(RunningHost.dropFolder(folder).resolve("bells.jar"));

            await().atMost(LIMIT).until(() -> openCopies() == 0);
        }
    }

    /** Open files of this process in the host's folder of copies. */
    private long openCopies() throws IOException {
        String copies = folder.resolve("data/plugins").toRealPath().toString();
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> target(file).startsWith(copies)).count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
