package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongListTest {

    private static final String PATH = "/api/notifications/notifications";
    private static final String WHOLE = PATH + "?pageSize=0&pageNumber=0";
    private static final int BATCH_LENGTH = 900_000;
    private static final int LONG = Inbox.MAX_HELD + 10;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final TestHost host =
            TestHost.with(NotificationsPlugin.class).user("ada").start();

    @AfterEach
    void close() {
        client.close();
        host.close();
    }

    private void fill(int size, String message) {
        int atOnce = BATCH_LENGTH / (message.length() + 100);
        for (int from = 0; from < size; from += atOnce) {
            String batch = IntStream.range(from, Math.min(size, from + atOnce))
                    .mapToObj(i -> """
                            {"origin": "tests", "title": "n%d", "message": "%s", "targetUsers": ["default/ada"]}""".formatted(i, message))
                    .collect(Collectors.joining(",", "[", "]"));
            HttpResponse<String> answer = host.as("ada").post(PATH + "/batch", batch);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLongListIsStreamedAsOneArray() throws IOException {
        fill(LONG, "");

        HttpResponse<String> answer = host.as("ada").get(WHOLE);
        JsonNode all = json.readTree(answer.body());

        assertThat(all).hasSize(LONG);
        assertThat(all.get(0).get("title").asText()).isEqualTo("n" + (LONG - 1));
        assertThat(all.get(LONG - 1).get("title").asText()).isEqualTo("n0");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(host.as("ada")
                        .send("GET", WHOLE, BodyPublishers.noBody(), Map.of("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
        HttpResponse<String> head = host.as("ada").send("HEAD", WHOLE, BodyPublishers.noBody(), Map.of());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void aLongListIsCompressedIfTheClientAcceptsIt() throws Exception {
        fill(LONG, "");

        HttpResponse<InputStream> answer = streamed("gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream body = new GZIPInputStream(answer.body())) {
            assertThat(json.readTree(body)).hasSize(LONG);
        }
    }

    @Test
    void aFailureBeforeTheFirstByteIsAnErrorResponse() throws Exception {
        fill(1, "");
        breakTheDatabase();

        HttpResponse<String> answer = host.as("ada").get(WHOLE);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json.readTree(answer.body()).at("/error/name").asText()).isEqualTo("InternalError");
    }

    /** A page is larger than the buffers of the connection, so the next page is read only after the client has continued. */
    @Test
    void aFailureWhileStreamingLeavesTheArrayOpen() throws Exception {
        fill(LONG, "x".repeat(40_000));
        try (InputStream body = streamed("identity").body()) {
            assertThat(body.read()).isEqualTo('[');
            breakTheDatabase();

            assertThatThrownBy(() -> json.readTree("[" + new String(body.readAllBytes(), StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }

    private HttpResponse<InputStream> streamed(String encoding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(host.uri(WHOLE))
                .header("Authorization", "Bearer " + host.tokenOf("ada"))
                .header("Accept-Encoding", encoding)
                .build();
        return client.send(request, BodyHandlers.ofInputStream());
    }

    private void breakTheDatabase() throws IOException, SQLException {
        try (Stream<Path> files = Files.walk(host.dataDirectory())) {
            Path file = files.filter(path -> path.toString().endsWith(".sqlite"))
                    .findFirst()
                    .orElseThrow();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table read_mark");
            }
        }
    }
}
