package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.web.Pages;
import dev.belfry.host.RunningHost;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and files of a plugin's JAR. */
class PagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FOREIGN = "https://elsewhere.example";

    private static RunningHost host;

    @BeforeAll
    static void start(@TempDir Path folder) {
        InboxPlugin.jar("1.0.0").writeTo(RunningHost.dropFolder(folder).resolve("inbox.jar"));
        host = RunningHost.start(folder, "backend: { cors: { origin: ['https://friend.example'] } }");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(host.uri(path)).headers(headers).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(", ", answer.headers().allValues(name));
    }

    /** With a method and a path that an HTTP client would not send. */
    private static String raw(String request) throws Exception {
        try (RawConnection connection = new RawConnection(host.port())) {
            connection.send(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return connection.readAll(LIMIT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/inbox/, Inbox 1.0.0",
        "/inbox/42, Message",
        "/inbox/ada.lovelace, Message",
        "/inbox/mine, Mine",
        "/inbox/admin/users, Admin"
    })
    void aPageIsServedAtItsPath(String path, String title) {
        HttpResponse<String> answer = host.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>" + title + "</title>");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(answer, "Cache-Control")).endsWith("no-cache");
        assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/inbox?a=b&c=%20d, /inbox/?a=b&c=%20d",
        "/inbox, /inbox/",
        "/inbox/42/, /inbox/42",
        "/inbox/mine/?x=//y, /inbox/mine?x=//y"
    })
    void theOtherSpellingWithASlashIsRedirectedWithItsQuery(String path, String location) {
        HttpResponse<String> answer = host.get(path);

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(header(answer, "Location")).isEqualTo(location);
    }

    @Test
    void textIsUtf8AndFilesInFoldersHaveTheirTypes() {
        HttpResponse<String> script = host.get("/inbox/app.js");
        HttpResponse<String> icon = host.get("/inbox/icons/bell%20icon.svg");

        assertThat(script.body()).isEqualTo("const text = 'grüße';");
        assertThat(header(script, "Content-Type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(header(icon, "Content-Type")).isEqualTo("image/svg+xml;charset=utf-8");
        assertThat(header(icon, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/inbox/app.js | public, no-cache",
                "/inbox/app-3f9c2a1b.js | public, max-age=31536000, immutable",
                "/inbox/mine | private, no-cache",
                "/closed/files/data-0123456789abcdef.json | private, max-age=31536000, immutable"
            })
    void onlyNamesWithAHashAreKeptWithoutRevalidation(String path, String expected) {
        assertThat(header(host.get(path), "Cache-Control")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aCurrentETagGets304(String encoding) throws Exception {
        HttpResponse<byte[]> first = bytes("/inbox/long.js", "Accept-Encoding", encoding);
        String tag = header(first, "ETag");

        HttpResponse<byte[]> again =
                bytes("/inbox/long.js", "Accept-Encoding", encoding, "If-None-Match", "\"other\", " + tag);

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(header(again, "Vary")).contains("Accept-Encoding");
        assertThat(header(again, "Cache-Control")).isEqualTo("public, no-cache");
        assertThat(bytes("/inbox/long.js", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void longTextIsCompressedByTheHost() throws Exception {
        HttpResponse<byte[]> plain = bytes("/inbox/long.js", "Accept-Encoding", "identity");
        HttpResponse<byte[]> packed = bytes("/inbox/long.js", "Accept-Encoding", "gzip, br");

        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.body().length / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body()))).hasBinaryContent(plain.body());
        assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
        assertThat(header(packed, "Content-Length")).isEqualTo(Integer.toString(packed.body().length));
        assertThat(header(bytes("/inbox/app.js", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .as("a short file")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br, gzip | br | not really brotli",
                "br;q=0.5, gzip | gzip | not really gzip, and longer than the other",
                "br;q=0, * | gzip | not really gzip, and longer than the other",
                "zstd | '' | '// the original'",
                "gzip;q=0 | '' | '// the original'"
            })
    void aCompressedFileOfTheJarIsServedToClientsThatAcceptIt(String accepted, String encoding, String content) {
        HttpResponse<String> answer = host.get("/inbox/packed.js", "Accept-Encoding", accepted);

        assertThat(header(answer, "Content-Encoding")).isEqualTo(encoding);
        assertThat(answer.body()).startsWith(content);
        assertThat(header(answer, "Vary")).contains("Accept-Encoding");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript;charset=utf-8");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        HttpResponse<String> get = host.get("/inbox/app.js");
        HttpResponse<String> head = host.send("HEAD", "/inbox/app.js", BodyPublishers.noBody());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
        assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void otherMethodsGet405(String method) {
        HttpResponse<String> answer = host.send(method, "/inbox/", BodyPublishers.ofString("x"));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).contains("GET", "HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/inbox/%2e%2e/outside.txt",
                "/inbox/../outside.txt",
                "/inbox/..%2foutside.txt",
                "/inbox/..%5coutside.txt",
                "/inbox/..\\outside.txt",
                "/inbox/icons/../../outside.txt",
                "/inbox//outside.txt",
                "/inbox//etc/passwd",
                "/inbox/%2fetc%2fpasswd",
                "/inbox/;/outside.txt",
                "/inbox/%252e%252e/outside.txt",
                "/inbox/web/app.js",
                "/classes/belfry/host/http/InboxPlugin.class",
                "/classes/belfry/host/http/",
                "/inbox/META-INF/secret.txt",
                "/inbox/meta-inf/MANIFEST.MF",
                "/inbox/.hidden.js",
                "/inbox/icons/",
                "/inbox/icons/x.txt%00.svg",
                "/inbox/APP.JS",
                "/inbox/app.js/",
                "/inbox/index.html",
                "/inbox/admin.html",
                "/inbox/packed.js.br",
                "/inbox/%6dine/app.js",
                "/%69nbox/",
                "/INBOX/",
                "/inbox/../api/host/plugins",
                "/inboxes/"
            })
    void nothingElseIsServed(String path) throws Exception {
        String answer = raw("GET " + path);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|307) .*");
        assertThat(answer).doesNotContain("outside\n", "secret\n", "root:", "hidden\n", "<title>Admin");
        if (answer.startsWith("HTTP/1.1 307")) {
            assertThat(answer).contains("Location: /inbox/");
        }
    }

    @Test
    void somethingThatDoesNotExistIsThePluginsPageOrAnErrorOfTheHost() {
        HttpResponse<String> page = host.get("/inbox/no/such/page");
        HttpResponse<String> file = host.get("/inbox/old-3f9c2a1c.js");
        HttpResponse<String> plain = host.get("/widget/none");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Missing");
        assertThat(header(page, "Content-Security-Policy")).isEqualTo(Pages.DEFAULT_POLICY);
        assertThat(file.statusCode()).as("a missing script is no page").isEqualTo(404);
        assertThat(plain.statusCode()).isEqualTo(404);
        assertThat(plain.body()).contains("nothing is served at /widget/none");
    }

    @Test
    void eachPageHasItsPolicyAndIsClosedToOtherOrigins() {
        HttpResponse<String> page = host.get("/inbox/");

        assertThat(header(page, "Content-Security-Policy"))
                .isEqualTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
                        + " form-action 'self'; require-trusted-types-for 'script'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(header(host.get("/inbox/42"), "Content-Security-Policy")).isEqualTo(InboxPlugin.OWN_POLICY);
        assertThat(header(host.get("/closed/files/data-0123456789abcdef.json"), "Content-Security-Policy"))
                .isEqualTo("default-src 'none'");
    }

    @Test
    void onlyFilesForAnyOriginCanBeLoadedByOtherOrigins() {
        HttpResponse<String> shared = host.get("/widget/bell.js", "Origin", FOREIGN);
        HttpResponse<String> own = host.get("/inbox/app.js", "Origin", FOREIGN);

        assertThat(header(shared, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(shared, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(own, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(own, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void anOriginOfTheConfigurationGetsOneAllowOriginHeader() {
        HttpResponse<String> answer = host.get("/widget/bell.js", "Origin", "https://friend.example");

        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
        assertThat(header(answer, "Vary")).contains("Origin");
    }

    @Test
    void operatorsSeeThePathsWithPages() {
        assertThat(host.get("/api/host/plugins/inbox").body())
                .contains(
                        "{\"path\":\"/inbox\",\"files\":\"PUBLIC\",\"pages\":[",
                        "{\"path\":\"/inbox/{id}\",\"access\":\"PUBLIC\"}",
                        "{\"path\":\"/inbox/admin/users\",\"access\":\"inbox.admin (read)\"}",
                        "{\"path\":\"/closed/files\",\"files\":\"AUTHENTICATED\",\"pages\":[]}");
        assertThat(host.get("/").body())
                .contains("<a href=\"/inbox/\">/inbox</a>")
                .doesNotContain("href=\"/widget");
    }

    @Test
    void metricsCountPagesByTheirPath() {
        host.get("/inbox/42");
        host.get("/inbox/app.js");

        assertThat(host.get("/metrics").body())
                .contains("plugin=\"inbox\",route=\"/inbox/{id}\"", "plugin=\"inbox\",route=\"/inbox/*\"");
    }
}
