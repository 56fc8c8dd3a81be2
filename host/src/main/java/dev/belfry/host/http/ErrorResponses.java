package dev.belfry.host.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.RequestTimeLimit;
import dev.belfry.host.logging.LogRateLimiter;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures to error responses, in the format that Backstage clients parse. */
final class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ObjectMapper json = new ObjectMapper();
    /** By plugin and route, so it does not grow with the requests. */
    private final Map<String, String> unreadableBodies = new ConcurrentHashMap<>();

    private final LogRateLimiter unavailable = new LogRateLimiter(System::nanoTime);
    private final BiFunction<String, Throwable, Optional<DatabaseUnavailable>> outage;

    /** @param outage for the id of a plugin and a failure of its handler: empty unless an unavailable database has caused it */
    ErrorResponses(BiFunction<String, Throwable, Optional<DatabaseUnavailable>> outage) {
        this.outage = outage;
    }

    /** Routes whose body class cannot be created, described for the author of the plugin. */
    List<String> unreadableBodies() {
        return List.copyOf(unreadableBodies.values());
    }

    /** The body of every error response. */
    private record Body(ErrorPart error, RequestPart request, ResponsePart response) {}

    private record ErrorPart(String name, String message) {}

    private record RequestPart(
            @Nullable String method, @Nullable String url) {}

    private record ResponsePart(int statusCode) {}

    /** For requests without a Javalin context. */
    void write(RequestContext requestContext, ApiError error) throws IOException {
        HttpServletResponse response = requestContext.response();
        challenge(requestContext, error);
        response.setStatus(error.status());
        response.setContentType("application/json;charset=utf-8");
        error.retryAfter()
                .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        response.getOutputStream().write(body(error, requestContext.method(), requestContext.url()));
    }

    /** Adds the Bearer challenge to a 401, and records the reason of a 401, a 403 and a 405 for the access log. */
    void challenge(RequestContext requestContext, ApiError error) {
        if (error.status() == 403 || error.status() == 405) {
            requestContext.refused(String.valueOf(error.getMessage()));
        }
        if (error.status() == 401) {
            String reason = String.valueOf(error.getMessage());
            requestContext.refused(reason);
            requestContext
                    .response()
                    .setHeader(
                            "WWW-Authenticate",
                            BearerChallenge.of(requestContext.request().getHeader("Authorization"), reason));
        }
    }

    byte[] body(ApiError error, @Nullable String method, @Nullable String url) {
        String message = error.getMessage() == null ? error.name() : error.getMessage();
        Body body = new Body(
                new ErrorPart(error.name(), message), new RequestPart(method, url), new ResponsePart(error.status()));
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("strings and numbers can be written", e);
        }
    }

    /** The error response for a failure. Internal errors are logged here, once. */
    ApiError of(Throwable failure, String pluginId, RequestContext request) {
        String requestId = request.id();
        return switch (failure) {
            case ApiError error -> error;
            case CompletionException e when e.getCause() != null -> of(e.getCause(), pluginId, request);
            case HttpResponseException e -> ofStatus(e.getStatus(), e.getMessage() == null ? "" : e.getMessage());
            case ClientDisconnected e -> {
                LOG.debug("request {}: {}", requestId, e.getMessage());
                yield ApiError.unavailable("the client disconnected", RETRY_AFTER);
            }
            case RequestTimeLimit.Exceeded e -> {
                LOG.warn("request {}: {}", requestId, e.getMessage());
                yield ApiError.unavailable(String.valueOf(e.getMessage()), RETRY_AFTER);
            }
            default ->
                outage.apply(pluginId, failure)
                        .map(away -> ofOutage(away, pluginId, requestId))
                        .orElseGet(() -> ofUnexpected(failure, pluginId, request));
        };
    }

    /** Each reason is logged once a minute: an outage fails all requests. */
    private ApiError ofOutage(DatabaseUnavailable away, String pluginId, String requestId) {
        unavailable
                .take(pluginId + away.getMessage())
                .ifPresent(more -> LOG.warn(
                        "plugin '{}': {}. Its requests get 503; this line is for request {} and for {} earlier ones",
                        pluginId,
                        away.getMessage(),
                        requestId,
                        more));
        return ApiError.unavailable(
                away.reason().description() + (away.reason().isTemporary() ? "; retry in a moment" : ""), RETRY_AFTER);
    }

    private ApiError ofUnexpected(Throwable failure, String pluginId, RequestContext request) {
        String route = request.method() + " " + request.route();
        if (failure instanceof UnreadableBodyClass unreadable) {
            unreadableBodies.put(
                    pluginId + " " + route,
                    "plugin '" + pluginId + "', route " + route + ": " + unreadable.getMessage());
        }
        LOG.error(
                "request {} to the route {} of '{}' failed with an internal error; the response is 500",
                request.id(),
                route,
                pluginId,
                failure);
        return ApiError.internal("internal error; the log has the details under request id " + request.id());
    }

    /** The error response for an error of the server itself. Jetty's own message for a 5xx would reveal class names. */
    ApiError ofServer(int status, @Nullable String message) {
        if (status == 503) {
            return ApiError.unavailable("the server is stopping", RETRY_AFTER);
        }
        if (status >= 500) {
            return ApiError.internal("internal error");
        }
        return ofStatus(status, message == null ? "the request is malformed" : message);
    }

    /** The error for a status that came without a message. */
    static ApiError ofStatus(int status, String message) {
        return switch (status) {
            case 401 -> ApiError.authentication(message);
            case 403 -> ApiError.notAllowed(message);
            case 404 -> ApiError.notFound(message);
            case 405 -> ApiError.methodNotAllowed(message);
            case 409 -> ApiError.conflict(message);
            case 413 -> ApiError.payloadTooLarge(message);
            case 429 -> ApiError.tooManyRequests(message, RETRY_AFTER);
            case 415 -> ApiError.unsupportedMediaType(message);
            case 503 -> ApiError.unavailable(message, RETRY_AFTER);
            default -> status >= 500 ? ApiError.internal(message) : ApiError.input(status, message);
        };
    }
}
