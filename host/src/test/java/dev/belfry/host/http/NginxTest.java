package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of nginx in the guide, with two hosts behind it. */
@Tag("soak")
class NginxTest {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path GUIDE = Path.of("../docs/behind-a-proxy.md");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REQUESTS = 2_000;
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int proxyPort = freePort();
    private final List<Integer> ports = List.of(freePort(), freePort());
    private @Nullable Process nginx;

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void startNginx(boolean removesPath) throws Exception {
        assumeTrue(Files.isExecutable(NGINX));
        Matcher example = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(example.find()).isTrue();
        String server = example.group(1)
                .replace(":7007", ":" + ports.get(0))
                .replace(":7008", ":" + ports.get(1))
                .replace("listen 80;", "listen 127.0.0.1:" + proxyPort + ";");
        if (!removesPath) {
            server = server.replace("proxy_pass http://belfry/;", "proxy_pass http://belfry;");
        }
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                %2$s
                }
                """.formatted(folder, server));
        nginx = new ProcessBuilder(NGINX.toString(), "-c", config.toString(), "-e", folder + "/error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        stopNginx();
    }

    private void stopNginx() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private RunningHost startHost(int index) throws IOException {
        Path own = Files.createDirectories(folder.resolve("host" + index));
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(own).resolve("probe.jar"));
        return RunningHost.start(
                own,
                "backend: { listen: { port: " + ports.get(index)
                        + " }, baseUrl: 'http://127.0.0.1/belfry', trustProxy: loopback }",
                "belfry: { shutdownDelay: PT1S, accessLog: true, limits: { requestsPerCaller: 0 } }");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxyPort + path));
        request.timeout(LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void requireThatPagesWork() throws Exception {
        CapturedLog log = CapturedLog.ofInfo("access");
        await().atMost(LIMIT).ignoreExceptions().until(() -> get("/belfry/").statusCode() == 200);
        for (String page : List.of("/belfry/", "/belfry/sign-in", "/belfry/api/host/docs")) {
            List<String> links = LINK.matcher(get(page).body())
                    .results()
                    .map(link -> link.group(1))
                    .toList();
            assertThat(links).isNotEmpty();
            for (String link : links) {
                assertThat(get(link).statusCode()).as(link).isEqualTo(200);
            }
        }
        get("/belfry/api/probe/text", "X-Forwarded-For", "203.0.113.9", "X-Request-Id", "forged");
        await().atMost(LIMIT).until(() -> log.messages().stream().anyMatch(line -> line.endsWith("forged")));
        assertThat(log.messages())
                .filteredOn(line -> line.endsWith("forged"))
                .singleElement()
                .asString()
                .startsWith("203.0.113.9 ");
    }

    @Test
    void pagesWorkBelowAPathThatNginxRemovesOrPasses() throws Exception {
        try (RunningHost one = startHost(0)) {
            assertThat(one.port()).isEqualTo(ports.get(0));
            startNginx(true);
            requireThatPagesWork();
            stopNginx();
            startNginx(false);
            requireThatPagesWork();
        }
    }

    @Test
    void aRollingRestartLosesNoRequest() throws Exception {
        RunningHost one = startHost(0);
        RunningHost two = startHost(1);
        startNginx(true);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> get("/belfry/readyz").statusCode() == 200);
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        AtomicBoolean restarted = new AtomicBoolean();
        Thread load = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < REQUESTS || !restarted.get(); i++) {
                String outcome;
                try {
                    outcome = String.valueOf(get("/belfry/api/probe/text").statusCode());
                } catch (Exception e) {
                    outcome = e.toString();
                }
                outcomes.merge(outcome, 1, Integer::sum);
            }
        });
        one.close();
        one = startHost(0);
        two.close();
        two = startHost(1);
        restarted.set(true);
        load.join();
        one.close();
        two.close();

        assertThat(outcomes).containsOnlyKeys("200");
        assertThat(outcomes.get("200")).isGreaterThanOrEqualTo(REQUESTS);
    }
}
