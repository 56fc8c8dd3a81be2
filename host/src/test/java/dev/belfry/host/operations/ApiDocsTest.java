package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of Swagger UI are downloaded once per client and compressed once per host. */
class ApiDocsTest {

    private static final String BUNDLE = "/api/host/docs/swagger-ui-bundle.js";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningHost host;

    @BeforeAll
    static void start(@TempDir Path folder) {
        host = RunningHost.start(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(host.uri(BUNDLE)).headers(headers).build();
        return HTTP.send(request, BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(", ", answer.headers().allValues(name));
    }

    @Test
    void theCompressedFileHasTheSameContentAndItsOwnETag() throws Exception {
        HttpResponse<byte[]> plain = get("Accept-Encoding", "identity");
        HttpResponse<byte[]> compressed = get("Accept-Encoding", "br, gzip;q=0.5");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())))
                .hasBinaryContent(plain.body());
        assertThat(compressed.body()).hasSizeLessThan(plain.body().length / 2);
        assertThat(header(compressed, "ETag")).isNotEmpty().isNotEqualTo(header(plain, "ETag"));
        assertThat(header(compressed, "Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(header(plain, "Vary")).containsIgnoringCase("Accept-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "identity"})
    void aCurrentETagGets304(String encoding) throws Exception {
        String tag = header(get("Accept-Encoding", encoding), "ETag");

        HttpResponse<byte[]> again = get("Accept-Encoding", encoding, "If-None-Match", "\"other\", W/" + tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(header(again, "Vary")).containsIgnoringCase("Accept-Encoding");
        assertThat(get("Accept-Encoding", encoding, "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip;q=0 | ''", "*;q=0, br | ''", "* | gzip", "GZIP ; q=1.0 | gzip"})
    void anAcceptedEncodingIsUsed(String accepted, String used) throws Exception {
        assertThat(header(get("Accept-Encoding", accepted), "Content-Encoding")).isEqualTo(used);
    }
}
