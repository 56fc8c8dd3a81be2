package dev.belfry.host.outgoing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;

/** One request and the beginning of its response; redirects are not followed here. */
record JettyRequest(int status, HttpHeaders headers, InputStream body) {

    private static final String DEFAULT_TYPE = "application/octet-stream";

    /** A class with a hash code, such as {@code HttpConnectionOverHTTP@7308ad91}. */
    private static final Pattern OBJECT = Pattern.compile("\\w@\\p{XDigit}{5,}");

    /** @param timeout until the end of the response */
    static JettyRequest send(HttpClient client, HttpRequest request, Optional<byte[]> body, Duration timeout)
            throws IOException, InterruptedException {
        if (!timeout.isPositive()) {
            throw new HttpTimeoutException("the request to " + request.uri() + " timed out");
        }
        Request sent = client.newRequest(request.uri())
                .method(request.method())
                .followRedirects(false)
                .timeout(timeout.toMillis() + 1, TimeUnit.MILLISECONDS)
                .headers(fields -> request.headers()
                        .map()
                        .forEach((name, values) -> values.forEach(value -> fields.add(name, value))));
        body.ifPresent(bytes -> sent.body(new BytesRequestContent(
                request.headers().firstValue("Content-Type").orElse(DEFAULT_TYPE), bytes)));
        InputStreamResponseListener listener = new InputStreamResponseListener();
        sent.send(listener);
        try {
            Response response = listener.get(timeout.toMillis() + 1, TimeUnit.MILLISECONDS);
            return new JettyRequest(response.getStatus(), headers(response), listener.getInputStream());
        } catch (TimeoutException e) {
            sent.abort(e);
            throw new HttpTimeoutException("the request to " + request.uri() + " timed out");
        } catch (InterruptedException e) {
            sent.abort(e);
            throw e;
        } catch (ExecutionException e) {
            throw failure(request, e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException failure(HttpRequest request, Throwable cause) {
        return cause instanceof TimeoutException
                ? new HttpTimeoutException("the request to " + request.uri() + " timed out")
                : new IOException("the request to " + request.uri() + " failed: " + reason(request, cause), cause);
    }

    /** Jetty describes its objects in some messages, which says nothing to an operator. */
    private static String reason(HttpRequest request, Throwable cause) {
        String server = request.uri().getHost()
                + (request.uri().getPort() < 0 ? "" : ":" + request.uri().getPort());
        return switch (cause) {
            case HttpResponseException _ -> server + " did not respond with HTTP/1.1. Is it an HTTP server?";
            case EOFException _, ClosedChannelException _ ->
                server + " closed the connection without a response. Is it an HTTP server?";
            default -> {
                String message = String.valueOf(cause.getMessage());
                yield OBJECT.matcher(message).find() ? cause.getClass().getSimpleName() + " at " + server : message;
            }
        };
    }

    private static HttpHeaders headers(Response response) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : response.getHeaders().getFieldNamesCollection()) {
            values.put(name, response.getHeaders().getValuesList(name));
        }
        return HttpHeaders.of(values, (name, value) -> true);
    }
}
