package dev.belfry.host.http;

import static dev.belfry.host.http.ProbeHost.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

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
    void anUnknownQueryParameterIsReportedWithASuggestion() throws IOException {
        assertError(host.get("/api/probe/filtered?mesageScope=all"), 400, "InputError", "'messageScope'");
        assertError(host.get("/api/probe/filtered?read=true&read=false"), 400, "InputError", "'read' is given 2 times");
        assertThat(host.get("/api/probe/filtered?read=true").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read=true&", "&read=true", "&&read=true&&", "&", ""})
    void emptyPartsOfAQueryAreIgnored(String query) throws IOException {
        assertThat(host.get("/api/probe/filtered?" + query).statusCode()).isEqualTo(200);
        assertError(host.get("/api/probe/filtered?" + query + "&=x"), 400, "InputError", "unknown query parameter ''");
    }

    @Test
    void queryParametersAreDeclaredForOneMethodOfAPath() throws IOException {
        String unknown = "/api/probe/filtered?unknown=1";
        assertError(
                host.get(unknown),
                400,
                "InputError",
                "unknown query parameter 'unknown'; known are messageScope, read");
        assertThat(host.send("HEAD", unknown, BodyPublishers.noBody()).statusCode())
                .isEqualTo(400);
        assertThat(host.send("POST", unknown, BodyPublishers.noBody()).body()).isEqualTo("{\"unknown\":[\"1\"]}");
        assertError(host.send("PUT", unknown, BodyPublishers.noBody()), 400, "InputError", "none is known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%c3%28", "%ed%a0%80"})
    void aQueryThatIsNotUtf8IsRejected(String text) throws IOException {
        assertError(host.get("/api/probe/filtered?read=" + text), 400, "InputError", "UTF-8");
    }
}
