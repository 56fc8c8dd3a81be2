package dev.belfry.plugins.keycloak;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.belfry.plugins.directory.ReadDeadline;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The admin API of Keycloak, during one read. */
final class KeycloakClient {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final CatalogKeycloakConfig config;
    private final ReadDeadline deadline;
    private String token = "";

    KeycloakClient(HttpClient http, CatalogKeycloakConfig config, ReadDeadline deadline) {
        this.http = http;
        this.config = config;
        this.deadline = deadline;
    }

    /**
     * All elements of a list, page by page.
     *
     * @param path below the realm, such as {@code /users}
     */
    List<JsonObject> list(String path, int pageSize) throws IOException, InterruptedException {
        List<JsonObject> all = new ArrayList<>();
        int read;
        do {
            deadline.check();
            String page = "first=" + all.size() + "&max=" + pageSize + "&briefRepresentation=true";
            List<JsonObject> elements = array(get(path + "?" + page));
            read = elements.size();
            all.addAll(elements);
        } while (read >= pageSize);
        return all;
    }

    private String get(String path) throws IOException, InterruptedException {
        if (token.isEmpty()) {
            token = login();
        }
        HttpResponse<String> response = send(path);
        if (response.statusCode() == UNAUTHORIZED) {
            // Tokens are valid for a minute by default.
            token = login();
            response = send(path);
        }
        return bodyOf(response, "GET " + response.uri().getPath());
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        URI uri = URI.create(config.base() + "/admin/realms/" + encoded(config.realmOrDefault()) + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private String login() throws IOException, InterruptedException {
        String realm = config.loginRealmOrDefault();
        URI uri = URI.create(config.base() + "/realms/" + encoded(realm) + "/protocol/openid-connect/token");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(credentials()))
                .build();
        String what = "login of the "
                + (config.username() == null
                        ? "client " + config.clientIdOrDefault()
                        : "user " + config.username() + " with the client " + config.clientIdOrDefault())
                + " in the realm " + realm;
        String body = bodyOf(http.send(request, BodyHandlers.ofString()), what);
        String issued = new JsonObject(object(body, what)).text("access_token");
        if (issued == null) {
            throw new IOException(config.base() + ": " + what + ": the response has no access_token");
        }
        return issued;
    }

    private String credentials() {
        String form = "client_id=" + encoded(config.clientIdOrDefault());
        if (config.clientSecret() != null) {
            form += "&client_secret=" + encoded(config.clientSecret().text());
        }
        return config.username() == null || config.password() == null
                ? form + "&grant_type=client_credentials"
                : form + "&grant_type=password&username=" + encoded(config.username()) + "&password="
                        + encoded(config.password().text());
    }

    private String bodyOf(HttpResponse<String> response, String what) throws IOException {
        if (response.statusCode() != OK) {
            throw new IOException(config.base() + ": " + what + ": status " + response.statusCode());
        }
        return response.body();
    }

    private List<JsonObject> array(String body) throws IOException {
        try {
            return JsonObject.of(JSON.std.listFrom(body));
        } catch (IOException e) {
            throw new IOException(config.base() + ": the response is not an array of objects", e);
        }
    }

    private Map<String, Object> object(String body, String what) throws IOException {
        try {
            return JSON.std.mapFrom(body);
        } catch (IOException e) {
            throw new IOException(config.base() + ": " + what + ": the response is not a JSON object", e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
