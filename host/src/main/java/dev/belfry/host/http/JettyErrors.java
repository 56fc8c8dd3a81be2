package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Error responses for requests that never reach the gateway: malformed HTTP, rejected paths, a server that is stopping.
 */
final class JettyErrors extends ErrorHandler {

    private static final String REASON = JettyErrors.class.getName();

    private final ErrorResponses answers;

    JettyErrors(ErrorResponses answers) {
        this.answers = answers;
    }

    /** Why the server rejected a request; empty when it did not. */
    static String reason(Request request) {
        return request.getAttribute(REASON) instanceof String reason ? reason : "";
    }

    /** The request's method; empty when the server could not read it. */
    static Optional<String> method(Request request) {
        return isReadable(request) ? Optional.of(request.getMethod()) : Optional.empty();
    }

    /** The request's path and query; empty when the server could not read them. */
    static Optional<HttpURI> uri(Request request) {
        return isReadable(request) ? Optional.of(request.getHttpURI()) : Optional.empty();
    }

    /** Jetty stands this request in for one whose first line it could not read. */
    private static boolean isReadable(Request request) {
        return !(request.getMethod().equals("BAD")
                && "/badMessage".equals(request.getHttpURI().getPath()));
    }

    /** Jetty responds to other methods than GET, HEAD and POST without a body, and without {@link #generateResponse}. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        int answered = code;
        if (code == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            // An invalid HTTP version is an error of the client.
            answered = HttpStatus.BAD_REQUEST_400;
            response.setStatus(answered);
        }
        if (cause instanceof HttpException) {
            // Jetty closes the connection after a malformed request. A client that does not know sends its next request
            // into the void.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        ApiError error = answers.ofServer(answered, message);
        request.setAttribute(REASON, String.valueOf(error.getMessage()));
        RequestContext.SECURITY_HEADERS.forEach(
                (name, value) -> response.getHeaders().put(name, value));
        if (!response.getHeaders().contains(RequestContext.ID_HEADER)) {
            response.getHeaders()
                    .put(RequestContext.ID_HEADER, UUID.randomUUID().toString());
        }
        error.retryAfter()
                .ifPresent(wait -> response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(wait.toSeconds())));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
        byte[] body = answers.body(
                error,
                method(request).orElse(null),
                uri(request).map(HttpURI::getPathQuery).orElse(null));
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
