package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.config.ConfigFolder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backend.baseUrl} has a path. */
class BasePathTest {

    private static final Pattern OWN_LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"]*)\"");

    @TempDir
    private static Path folder;

    private static RunningHost host;

    /** Has pages, redirects and a document. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.openApi("openapi.yaml");
                routes.get("/url", Access.PUBLIC, (request, caller) -> request.result(request.url()));
                routes.get(
                        "/away", Access.PUBLIC, (request, caller) -> request.redirect("https://elsewhere.example/x"));
                routes.get("/back", Access.PUBLIC, (request, caller) -> request.redirect("/bell/"));
            });
            context.pages("/bell", pages -> {
                pages.files("web", Access.PUBLIC);
                pages.page("/", Access.PUBLIC, "index.html");
            });
        }
    }

    @BeforeAll
    static void start() {
        PluginJar.of(BellPlugin.class, "bell", "1.0.0")
                .file("web/index.html", "bell page")
                .file(
                        "openapi.yaml",
                        "openapi: 3.1.0\ninfo: { title: Bell, version: '1' }\nservers: [{ url: /api/bell }]\npaths: {}\n")
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        host = RunningHost.start(
                folder, "backend: { baseUrl: 'https://shop.example/tools/belfry/', trustProxy: loopback }");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static String location(String path) {
        return host.get(path).headers().firstValue("Location").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/bell/url", "/bell/", "/readyz", "/", "/sign-in", "/api/host/docs"})
    void theHostServesWithAndWithoutThePath(String path) {
        assertThat(host.get(path).statusCode()).isEqualTo(200);
        assertThat(host.get("/tools/belfry" + path).statusCode()).isEqualTo(200);
    }

    @Test
    void thePathItselfIsTheRoot() {
        assertThat(host.get("/tools/belfry").body()).contains("<title>Belfry</title>");
        assertThat(host.get("/tools/belfryx/readyz").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sign-in", "/api/host/docs"})
    void linksOfPagesBeginWithThePath(String page) {
        assertThat(OWN_LINK.matcher(host.get(page).body()).results())
                .isNotEmpty()
                .allSatisfy(link -> {
                    assertThat(link.group(1)).startsWith("/tools/belfry/");
                    assertThat(host.get(link.group(1)).statusCode()).isNotEqualTo(404);
                });
    }

    @Test
    void redirectsWithinTheHostBeginWithThePath() {
        assertThat(location("/tools/belfry/bell")).isEqualTo("/tools/belfry/bell/");
        assertThat(location("/bell?a=1")).isEqualTo("/tools/belfry/bell/?a=1");
        assertThat(location("/api/bell/back")).isEqualTo("/tools/belfry/bell/");
        assertThat(location("/api/bell/away")).isEqualTo("https://elsewhere.example/x");
    }

    @Test
    void documentsNameServersBelowThePath() throws Exception {
        assertThat(new ObjectMapper()
                        .readTree(host.get("/api/bell/openapi.json").body())
                        .at("/servers/0/url")
                        .asText())
                .isEqualTo("/tools/belfry/api/bell");
        assertThat(host.get("/api/bell/openapi.yaml").body()).contains("/tools/belfry/api/bell");
        assertThat(host.get("/api/host/docs/start.js").body()).contains("\"/tools/belfry/api/bell/openapi.json\"");
    }

    @Test
    void cookiesAreForThePath() {
        HttpResponse<String> signedIn = host.send(
                "POST",
                "/api/auth/guest/start?returnTo=/tools/belfry/bell/",
                BodyPublishers.noBody(),
                "Accept",
                "text/html");

        assertThat(signedIn.headers().firstValue("Location")).contains("/tools/belfry/bell/");
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Secure-belfry=")
                .contains("Path=/tools/belfry;");
    }

    @Test
    void aTrustedProxyTellsSchemeAndHost() {
        assertThat(host.get(
                                "/tools/belfry/api/bell/url",
                                "X-Forwarded-Proto",
                                "https",
                                "X-Forwarded-Host",
                                "shop.example")
                        .body())
                .isEqualTo("https://shop.example/api/bell/url");
        assertThat(host.get("/api/bell/url", "X-Forwarded-Proto", "gopher").body())
                .startsWith("http://127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.example/api",
                "https://x.example/api/x",
                "https://x.example/a//b",
                "https://x.example/a/../b",
                "https://x.example/%61",
                "https://x.example/a?b=1"
            })
    void pathsThatCannotWorkAreRefused(String url) {
        ConfigFolder config = new ConfigFolder(folder.resolve("config"));

        assertThatThrownBy(() -> config.settings("backend: { baseUrl: '" + url + "' }"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backend.baseUrl");
    }
}
