package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broken or a hostile client may send: never a 5xx, and never a changed row. */
@Tag("soak")
class BadRequestsIT {

    private static final int REQUESTS = Integer.getInteger("test.requests", 500);

    @ParameterizedTest
    @EnumSource(Setting.class)
    void noBadRequestGets5xxOrChangesARow(Setting setting) throws IOException {
        long seed = Long.getLong("test.seed", new Random().nextLong());
        BadRequests requests = new BadRequests(new Random(seed));
        try (TestHost host = setting.host().start()) {
            String token = host.tokenOf("ada");
            int port = host.uri("/").getPort();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = requests.next(token);
                String answer = send(port, request);
                String status = answer.isEmpty() ? "closed" : answer.substring(9, 12);
                assertThat(status)
                        .as(
                                "seed %s, request %s:%n%s%n%s",
                                seed, i, new String(request, StandardCharsets.ISO_8859_1), answer)
                        .matches("4\\d\\d|closed|304");
            }
            for (String user : List.of("ada", "bob")) {
                assertThat(host.as(user)
                                .get(Setting.BASE + "/count?messageScope=all")
                                .body())
                        .as("seed %s", seed)
                        .isEqualTo("{\"count\":0}");
            }
        }
    }

    /** Raw bytes over a socket of its own: a client library would refuse to send half of these. */
    private static String send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (IOException e) {
                // The server may respond and close before it has read everything.
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // Reset after the response, which counts.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
