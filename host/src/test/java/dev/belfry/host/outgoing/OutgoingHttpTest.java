package dev.belfry.host.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin sends requests to servers on two addresses of this machine. */
class OutgoingHttpTest {

    /** Milliseconds. The client's own limits are 30 s. */
    private static final int BEFORE_TIMEOUTS = 15_000;

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<RunningHost> hosts = new ArrayList<>();
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void startServers() throws IOException {
        server = start("127.0.0.1");
        other = start("127.0.0.2");
    }

    private HttpServer start(String address) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(address, 0), 0);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext("/", this::answer);
        started.start();
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getLocalAddress().getAddress().getHostAddress() + " " + exchange.getRequestMethod() + " "
                + path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.startsWith("/to/")) {
            exchange.getResponseHeaders()
                    .set("Location", path.substring("/to/".length()).replace('!', '/'));
            exchange.sendResponseHeaders(302, -1);
        } else if (path.equals("/slow")) {
            try {
                Thread.sleep(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            byte[] answer = body.length > 0 ? body : "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        hosts.forEach(RunningHost::close);
        server.stop(0);
        other.stop(0);
    }

    private void startHost(String... more) {
        PluginJar.of(FetchingPlugin.class, "fetcher", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("fetcher.jar"));
        hosts.add(RunningHost.start(folder, more));
    }

    private void startHostThatAllows(String addresses) {
        startHost("belfry: { outgoing: { allow: [" + addresses + "] } }");
    }

    private String url(String host, HttpServer at, String path) {
        return "http://" + host + ":" + at.getAddress().getPort() + path;
    }

    private String post(String route, String url) {
        return hosts.getLast()
                .send("POST", "/api/fetcher/" + route, BodyPublishers.ofString(url))
                .body();
    }

    @Test
    void allowedAddressesAnswer() {
        startHostThatAllows("127.0.0.1");
        String hello = url("127.0.0.1", server, "/hello");

        assertThat(post("get", hello)).isEqualTo("200 hello");
        assertThat(post("async", hello)).isEqualTo("hello");
        assertThat(post("post", url("127.0.0.1", server, "/echo"))).isEqualTo("1000000");
        assertThat(hosts.getLast().get("/metrics").body())
                .contains("http_client_requests_seconds_count{method=\"GET\",plugin=\"fetcher\",status=\"200\"} 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "0.0.0.0",
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "[fd00::1]"
            })
    void addressesThatAreNotPublicAreRefused(String address) {
        startHost();

        assertThat(post("get", url(address, server, "/")))
                .contains(
                        "are not permitted: the address is not public, and belfry.outgoing.allow does not contain it");
        assertThat(requests).isEmpty();
    }

    @Test
    void aRedirectToAnAddressThatIsNotAllowedIsRefused() {
        startHostThatAllows("127.0.0.1");
        String target = url("127.0.0.2", other, "/secret");

        assertThat(post("get", url("127.0.0.1", server, "/to/" + target.replace('/', '!'))))
                .contains("connections to '127.0.0.2' (127.0.0.2) are not permitted");
        assertThat(requests).noneMatch(request -> request.contains("/secret"));
    }

    @Test
    void aRedirectToAnotherOriginIsFollowedWithoutCredentials() {
        startHostThatAllows("127.0.0.0/8");
        String target = url("127.0.0.2", other, "/open");

        assertThat(post("get", url("127.0.0.1", server, "/to/" + target.replace('/', '!'))))
                .isEqualTo("200 hello");
        assertThat(requests.getFirst()).endsWith("Bearer secret");
        assertThat(requests.getLast()).isEqualTo("127.0.0.2 GET /open null");
    }

    @Test
    void anAllowedNameAllowsNoAddress() {
        startHostThatAllows("localhost");

        assertThat(post("get", url("LocalHost", server, "/"))).isEqualTo("200 hello");
        assertThat(post("get", url("127.0.0.1", server, "/"))).contains("are not permitted");
    }

    @Test
    void aRequestHasATimeLimit() {
        startHostThatAllows("127.0.0.1");

        assertThat(post("impatient", url("127.0.0.1", server, "/slow"))).isEqualTo("timed out");
    }

    /** The plugin has no request in flight itself, so nothing else waits for the server. */
    @Test
    void connectionsEndWithThePlugin() throws Exception {
        startHostThatAllows("127.0.0.1");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(post("begin", "http://127.0.0.1:" + silent.getLocalPort() + "/never"))
                    .isEqualTo("begun");
            try (Socket connection = silent.accept()) {
                connection.setSoTimeout(BEFORE_TIMEOUTS);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("GET /never HTTP/1.1");

                hosts.getLast().send("POST", "/api/host/plugins/fetcher/disable", BodyPublishers.noBody());

                assertThat(in.lines()).as("read until the connection ends").isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "220 mail.example ESMTP\r\n"})
    void aServerOfAnotherProtocolIsDescribedInPlainWords(String greeting) throws Exception {
        startHostThatAllows("127.0.0.1");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket accepted = socket.accept()) {
                    // The client may drop a connection that speaks before the request, and there is no second one here.
                    accepted.getInputStream().readNBytes(1);
                    accepted.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
                    accepted.shutdownOutput();
                    accepted.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client sees it.
                }
            });

            assertThat(post("get", "http://127.0.0.1:" + socket.getLocalPort() + "/auth"))
                    .contains("127.0.0.1:" + socket.getLocalPort() + " ", "Is it an HTTP server?")
                    .doesNotContain("@", "Connection");
        }
    }
}
