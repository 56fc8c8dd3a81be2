package dev.belfry.host.http;

import static dev.belfry.host.http.ProbeHost.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Form, encoding and size of the bodies that a plugin reads. */
class JsonBodyTest {

    @TempDir
    private static Path folder;

    private static RunningHost host;

    @BeforeAll
    static void start() {
        host = ProbeHost.start(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void jsonTypesAreNotConverted() throws IOException {
        assertThat(host.postJson("/api/probe/notes", "{\"text\":\"a\",\"numbers\":[1],\"more\":{}}")
                        .body())
                .isEqualTo("{\"text\":\"a\",\"numbers\":[1]}");
        assertError(host.postJson("/api/probe/notes", "{\"text\":5}"), 400, "InputError", "text: must be a string");
        assertError(
                host.postJson("/api/probe/notes", "{\"numbers\":[1,\"2\"]}"),
                400,
                "InputError",
                "numbers[1]: must be a number");
        assertError(host.postJson("/api/probe/notes", "{\"text\":"), 400, "InputError", "JSON");
        assertError(host.postJson("/api/probe/notes", "{} {}"), 400, "InputError", "");
        assertError(host.postJson("/api/probe/notes", "null"), 400, "InputError", "null");
        assertError(host.postJson("/api/probe/notes", ""), 400, "InputError", "");
        assertError(
                host.postJson("/api/probe/notes", "{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}"),
                400,
                "InputError",
                "");
    }

    @Test
    void jsonErrorsContainNoClassNames() {
        assertThat(host.postJson("/api/probe/notes", "[1]").body())
                .doesNotContain("dev.belfry")
                .doesNotContain("jackson");
    }

    @Test
    void aBodyThatIsNotUtf8IsRejected() throws IOException {
        byte[] body = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'};

        assertError(
                host.send(
                        "POST",
                        "/api/probe/notes",
                        BodyPublishers.ofByteArray(body),
                        "Content-Type",
                        "application/json"),
                400,
                "InputError",
                "UTF-8");
        assertError(
                host.send(
                        "POST",
                        "/api/probe/notes",
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "application/json; charset=iso-8859-1"),
                415,
                "UnsupportedMediaTypeError",
                "iso-8859-1");
    }

    @Test
    void aBodyInAnotherEncodingThanGzipIs415WithTheAcceptedOnes() throws IOException {
        for (String encoding : List.of("br", "deflate", "gzip, gzip")) {
            HttpResponse<String> answer = sendEncoded(encoding, "{}".getBytes(StandardCharsets.UTF_8));
            assertError(answer, 415, "UnsupportedMediaTypeError", "Content-Encoding '" + encoding + "'");
            assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
        }
        HttpResponse<String> multipart = host.send(
                "POST",
                "/api/probe/notes",
                BodyPublishers.ofByteArray(gzip("x")),
                "Content-Type",
                "multipart/form-data; boundary=x",
                "Content-Encoding",
                "gzip");
        assertError(multipart, 415, "UnsupportedMediaTypeError", "multipart body must be sent uncompressed");
    }

    private static HttpResponse<String> sendEncoded(String encoding, byte[] body) {
        return host.send(
                "POST",
                "/api/probe/notes",
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                encoding);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void aGzipBodyIsReadAsIfItWereUncompressed() throws IOException {
        String note = "{\"text\":\"" + "ä".repeat(5_000) + "\"}";
        HttpResponse<String> plain = host.postJson("/api/probe/notes", note);
        for (String encoding : List.of("gzip", "GZIP", "x-gzip")) {
            HttpResponse<String> packed = sendEncoded(encoding, gzip(note));
            assertThat(packed.statusCode()).isEqualTo(plain.statusCode()).isLessThan(300);
            assertThat(packed.body()).isEqualTo(plain.body());
        }
    }

    @Test
    void theBodyLimitAppliesToTheUnpackedBody() throws IOException {
        byte[] bomb = gzip("{\"text\":\"" + "x".repeat(50_000_000) + "\"}");
        assertThat(sendEncoded("gzip", bomb).statusCode()).isEqualTo(413);
        byte[] small = gzip("{\"text\":\"" + "x".repeat(20_001) + "\"}");
        assertThat(small).hasSizeLessThan(1_000);
        assertError(sendEncoded("gzip", small), 413, "PayloadTooLargeError", "20000 bytes");
    }

    @Test
    void anInvalidGzipBodyIs400() throws IOException {
        byte[] whole = gzip("{\"text\":\"" + "ding dong ".repeat(100) + "\"}");
        assertError(sendEncoded("gzip", Arrays.copyOf(whole, whole.length / 2)), 400, "InputError", "not valid gzip");
        assertError(sendEncoded("gzip", "{}".getBytes(StandardCharsets.UTF_8)), 400, "InputError", "not valid gzip");
        assertError(sendEncoded("gzip", gzip("{\"text\":")), 400, "InputError", "");
    }

    @Test
    void aBodyOverTheLimitIs413WithAndWithoutItsLength() throws IOException {
        String body = "{\"text\":\"" + "x".repeat(20_001) + "\"}";

        assertError(host.postJson("/api/probe/notes", body), 413, "PayloadTooLargeError", "20000 bytes");
        InputStream unknownLength = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        assertError(
                host.send(
                        "POST",
                        "/api/probe/notes",
                        BodyPublishers.ofInputStream(() -> unknownLength),
                        "Content-Type",
                        "application/json"),
                413,
                "PayloadTooLargeError",
                "");
    }
}
