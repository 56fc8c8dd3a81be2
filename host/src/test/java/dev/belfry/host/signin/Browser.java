package dev.belfry.host.signin;

import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** Keeps cookies, and sends the headers of a page of the host. Follows no redirects. */
final class Browser implements AutoCloseable {

    private final RunningHost host;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Browser(RunningHost host) {
        this.host = host;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", host.uri(path), headers);
    }

    /** As a page of the host does. */
    HttpResponse<String> post(String path) {
        return postAs(path, "Sec-Fetch-Site", "same-origin");
    }

    HttpResponse<String> postAs(String path, String... headers) {
        return send("POST", host.uri(path), headers);
    }

    HttpResponse<String> send(String method, URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Instead of all that it has. */
    void put(String name, String value) {
        cookies.getCookieStore().removeAll();
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(host.uri("/"), cookie);
    }

    @Override
    public void close() {
        http.close();
    }
}
