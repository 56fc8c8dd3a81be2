package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each page and each folder has an access rule. */
class PageAccessTest {

    private static final String ANY_SERVICE = "Bearer 0123456789abcdef";
    private static final String OTHER_SERVICE = "Bearer fedcba9876543210";

    /** A page of another site is nobody. */
    private static final String[] NOT_THE_GUEST = {"Origin", "https://other.example"};

    private static RunningHost host;

    @BeforeAll
    static void start(@TempDir Path folder) {
        InboxPlugin.jar("1.0.0").writeTo(RunningHost.dropFolder(folder).resolve("inbox.jar"));
        host = RunningHost.start(
                folder,
                "backend: { auth: { externalAccess: ["
                        + " { type: static, options: { token: 0123456789abcdef, subject: any } },"
                        + " { type: static, options: { token: fedcba9876543210, subject: other },"
                        + " accessRestrictions: [ { plugin: inbox, permission: [ inbox.other ] } ] } ] } }");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static int status(String path, String... headers) {
        return host.get(path, headers).statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "/inbox/, 200, 200, 200",
        "/inbox/app.js, 200, 200, 200",
        "/inbox/mine, 401, 200, 200",
        "/inbox/admin/users, 401, 200, 403",
        "/closed/files/data-0123456789abcdef.json, 401, 200, 200"
    })
    void aPageIsShownToThoseWhoMaySeeIt(String path, int nobody, int anyService, int otherService) {
        assertThat(status(path, NOT_THE_GUEST)).isEqualTo(nobody);
        assertThat(status(path, "Authorization", ANY_SERVICE)).isEqualTo(anyService);
        assertThat(status(path, "Authorization", OTHER_SERVICE)).isEqualTo(otherService);
    }

    @Test
    void aRefusalRevealsNothingOfThePage() {
        HttpResponse<String> answer = host.get("/inbox/mine", NOT_THE_GUEST);

        assertThat(answer.body()).doesNotContain("Mine").contains("credentials are missing");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void aRefusedClientCannotRevalidate() {
        String tag = host.get("/inbox/mine", "Authorization", ANY_SERVICE)
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(status("/inbox/mine", "If-None-Match", tag, NOT_THE_GUEST[0], NOT_THE_GUEST[1]))
                .isEqualTo(401);
    }

    @Test
    void aWrongTokenIsRefusedEvenOnAPublicPage() {
        assertThat(status("/inbox/", "Authorization", "Bearer wrong")).isEqualTo(401);
    }

    @Test
    void aForeignHostNameGets421() throws IOException {
        assertThat(status("/inbox/")).isEqualTo(200);
        try (RawConnection connection = new RawConnection(host.port())) {
            connection.send("GET /inbox/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertThat(connection.readLine(Duration.ofSeconds(20))).startsWith("HTTP/1.1 421");
        }
    }
}
