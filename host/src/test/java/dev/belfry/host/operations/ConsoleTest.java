package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators' page at {@code /}. */
class ConsoleTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String READERS = """
            p, role:default/reader, host.plugins.read, read, allow
            g, user:default/guest, role:default/reader
            """;
    private static final String WITH_POLICY = "permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }";

    /** Has a job that succeeds, one that fails, and a failing health check. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/ring", Access.PUBLIC, (request, caller) -> request.result("ding")));
            AtomicInteger checks = new AtomicInteger();
            context.healthCheck("rope", () -> {
                // The check before the start succeeds.
                if (checks.getAndIncrement() > 0) {
                    throw new IllegalStateException("the <rope> is worn");
                }
            });
            context.scheduler().every("ring", Duration.ofMillis(20), () -> {});
            context.scheduler().every("tune", Duration.ofMillis(20), () -> {
                throw new IllegalStateException("out of <tune>");
            });
        }
    }

    @TempDir
    private Path folder;

    @BeforeEach
    void dropAPlugin() {
        PluginJar.of(BellPlugin.class, "bell", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
    }

    private static String page(RunningHost host) {
        HttpResponse<String> page = host.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    private static void pageHas(RunningHost host, String... texts) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(page(host)).contains(texts));
    }

    @Test
    void aPluginIsShownWithItsStateProblemsAndJobs() throws IOException {
        try (RunningHost host = RunningHost.start(folder)) {
            host.get("/api/bell/ring");
            pageHas(host, "failed: java.lang.IllegalStateException: out of &lt;tune&gt;");
            HttpResponse<String> page = host.get("/");

            assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.body())
                    .contains("<span class=\"state running\">running</span>", "1.0.0", "bell.jar")
                    .contains("rope: the &lt;rope&gt; is worn", "not ready", "<dt>Requests<dd>1</div>", "just now")
                    .contains("action=\"/api/host/plugins/bell/restart\"", "action=\"/api/host/plugins/bell/disable\"")
                    .contains("/readyz", "/metrics", "/api/host/docs")
                    .doesNotContain("<rope>", "<tune>", "http://", "https://", "${");

            JsonNode jobs = new ObjectMapper()
                    .readTree(host.get("/api/host/plugins/bell").body())
                    .path("jobs");
            assertThat(jobs.at("/0/name").textValue()).isEqualTo("ring");
            assertThat(jobs.at("/0/interval").textValue()).isEqualTo("PT0.02S");
            assertThat(jobs.at("/0/last/failure").isNull()).isTrue();
            assertThat(jobs.at("/1/last/failure").textValue()).contains("out of <tune>");
        }
    }

    @Test
    void aFailedPluginIsShownWithItsReason() {
        PluginJar.of(BellPlugin.class, "gong", "1.0.0")
                .attribute("Plugin-Dependencies", "absent")
                .writeTo(folder.resolve("plugins").resolve("<gong>.jar"));
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(page(host))
                    .contains(
                            "gong", "failed", "it depends on &#39;absent&#39;, which does not run", "&lt;gong&gt;.jar");
        }
    }

    @Test
    void aFormOfThePageLeadsBackToIt() {
        try (RunningHost host = RunningHost.start(folder)) {
            HttpResponse<String> answer = host.send(
                    "POST", "/api/host/plugins/bell/disable", BodyPublishers.noBody(), "Accept", "text/html,*/*");

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/");
            assertThat(page(host))
                    .contains("an operator has disabled it", "action=\"/api/host/plugins/bell/enable\"")
                    .doesNotContain("/bell/restart");
        }
    }

    @Test
    void aChangedConfigurationThatIsWrongIsShownUntilItIsRight() throws IOException {
        try (RunningHost host = RunningHost.start(folder, "log: { probes: false }")) {
            Files.writeString(folder.resolve("more.yaml"), "log: { probes: sometimes }");
            pageHas(host, "The changed configuration is wrong", "log.probes");

            Files.writeString(folder.resolve("more.yaml"), "log: { probes: false }");
            await().atMost(LIMIT).until(() -> !page(host).contains("The changed configuration is wrong"));
        }
    }

    @Test
    void onlyOperatorsGetTheButtons() throws IOException {
        Files.writeString(folder.resolve("policy.csv"), READERS);
        try (RunningHost host = RunningHost.start(folder, WITH_POLICY)) {
            assertThat(page(host)).contains("plugin-bell").doesNotContain("<form");
        }
    }

    @Test
    void aCallerWithoutThePermissionSeesOnlyWhetherTheHostIsReady() {
        try (RunningHost host = RunningHost.start(folder, "permission: { enabled: true }")) {
            assertThat(page(host))
                    .contains("Belfry", "not ready", "host.plugins.read")
                    .doesNotContain("bell", "Version", "rope");
        }
    }

    @Test
    void thePageLoadsItsOwnFilesAlone() {
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/console.css").headers().firstValue("Content-Type"))
                    .contains("text/css; charset=utf-8");
            assertThat(host.get("/console.js").headers().firstValue("Content-Type"))
                    .contains("text/javascript; charset=utf-8");
            assertThat(page(host)).contains("src=\"/console.js\"", "href=\"/console.css\"");
        }
    }
}
