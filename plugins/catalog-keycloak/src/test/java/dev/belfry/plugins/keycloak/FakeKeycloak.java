package dev.belfry.plugins.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The endpoints of Keycloak that the plugin uses, with the JSON of its documentation. Each token is valid for some requests, and each
 * request that is refused or answered is recorded.
 */
final class FakeKeycloak implements AutoCloseable {

    static final String SECRET = "s3cret & more";
    static final String PASSWORD = "pass=word";

    private final HttpServer server;
    private final Map<String, List<String>> lists = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger uses = new AtomicInteger();
    private final int usesOfToken;
    private volatile String failing = "";

    FakeKeycloak() throws IOException {
        this(Integer.MAX_VALUE);
    }

    /** @param usesOfToken requests before a token expires */
    FakeKeycloak(int usesOfToken) throws IOException {
        this.usesOfToken = usesOfToken;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms/", this::login);
        server.createContext("/admin/realms/", this::admin);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param path below the realm, such as {@code /users} */
    FakeKeycloak list(String path, String... elements) {
        lists.put("/admin/realms/acme" + path, List.of(elements));
        return this;
    }

    /** Requests of this path get a 500. */
    void fail(String path) {
        failing = "/admin/realms/acme" + path;
    }

    List<String> requests() {
        return requests;
    }

    private void login(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = parameters(form);
        Map<String, String> client =
                Map.of("grant_type", "client_credentials", "client_id", "belfry", "client_secret", SECRET);
        Map<String, String> user =
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "re ader", "password", PASSWORD);
        boolean known = exchange.getRequestURI().getPath().equals("/realms/ops/protocol/openid-connect/token")
                && (fields.equals(client) || fields.equals(user));
        requests.add("login");
        uses.set(0);
        answer(
                exchange,
                known ? 200 : 401,
                known
                        ? "{\"access_token\": \"token-" + tokens.incrementAndGet()
                                + "\", \"expires_in\": 60, \"token_type\": \"Bearer\"}"
                        : "{\"error\": \"unauthorized_client\"}");
    }

    private void admin(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestURI().toString());
        String expected = "Bearer token-" + tokens.get();
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || uses.incrementAndGet() > usesOfToken) {
            answer(exchange, 401, "{\"error\": \"HTTP 401 Unauthorized\"}");
        } else if (path.equals(failing)) {
            answer(exchange, 500, "{\"error\": \"unknown_error\"}");
        } else {
            Map<String, String> page = parameters(exchange.getRequestURI().getRawQuery());
            List<String> elements = lists.getOrDefault(path, List.of());
            int first = Math.min(Integer.parseInt(page.get("first")), elements.size());
            int end = Math.min(first + Integer.parseInt(page.get("max")), elements.size());
            answer(exchange, 200, new ArrayList<>(elements.subList(first, end)).toString());
        }
    }

    private static Map<String, String> parameters(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
