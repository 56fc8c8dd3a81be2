package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of a plugin reaches clients whole, whatever its content type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponseCharsetTest {

    private static final String TEXT = "zo\u00eb \u65e5\u672c";

    /** Responds with the content type of its query. */
    public static final class TypesPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get(
                        "/result",
                        Access.PUBLIC,
                        (request, caller) -> request.contentType(String.valueOf(request.queryParam("type")))
                                .result(TEXT));
                routes.get("/writer", Access.PUBLIC, (request, caller) -> {
                    request.contentType(String.valueOf(request.queryParam("type")));
                    request.res().getWriter().write(TEXT);
                });
            });
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningHost host;

    @BeforeAll
    void start(@TempDir Path folder) {
        PluginJar.of(TypesPlugin.class, "types", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("types.jar"));
        host = RunningHost.start(folder);
    }

    @AfterAll
    void stop() {
        host.close();
        client.close();
    }

    private HttpResponse<byte[]> get(String route, String type) throws Exception {
        URI address = URI.create("http://localhost:" + host.port() + "/api/types/" + route + "?type="
                + URLEncoder.encode(type, StandardCharsets.UTF_8));
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "application/scim+json",
        "application/problem+json",
        "application/json",
        "application/yaml",
        "text/csv",
        "text/plain",
        "text/html"
    })
    void aTextWithoutACharsetIsUtf8AndItsContentTypeStaysAsItIs(String type) throws Exception {
        HttpResponse<byte[]> response = get("result", type);

        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
    }

    @ParameterizedTest
    @CsvSource({"text/plain;charset=utf-16be,UTF-16BE", "application/scim+json; charset=UTF-8,UTF-8"})
    void aCharsetOfThePluginCounts(String type, String charset) throws Exception {
        assertThat(new String(get("result", type).body(), Charset.forName(charset)))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"application/scim+json", "application/json", "text/csv"})
    void aWriterIsUtf8(String type) throws Exception {
        HttpResponse<byte[]> response = get("writer", type);

        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow().toLowerCase(Locale.ROOT))
                .isIn(type, type + ";charset=utf-8");
    }
}
