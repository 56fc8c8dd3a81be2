package dev.belfry.host.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.RequestTimeLimit;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into answers, in the shape that clients of the family parse. */
final class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ObjectMapper json = new ObjectMapper();
    private final Function<Throwable, Optional<String>> outage;

    ErrorResponses(Function<Throwable, Optional<String>> outage) {
        this.outage = outage;
    }

    /** The body of every error. */
    private record Body(ErrorPart error, RequestPart request, ResponsePart response) {}

    private record ErrorPart(String name, String message) {}

    private record RequestPart(
            @Nullable String method, @Nullable String url) {}

    private record ResponsePart(int statusCode) {}

    /** Answers where there is no context of Javalin. */
    void write(RequestContext requestContext, ApiError error) throws IOException {
        HttpServletResponse response = requestContext.response();
        challenge(requestContext, error);
        response.setStatus(error.status());
        response.setContentType("application/json;charset=utf-8");
        error.retryAfter()
                .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        response.getOutputStream().write(body(error, requestContext.method(), requestContext.url()));
    }

    /** Says with a 401 how to prove who is calling, and notes for the log why it was refused. */
    void challenge(RequestContext requestContext, ApiError error) {
        if (error.status() == 401) {
            String reason = String.valueOf(error.getMessage());
            requestContext.refused(reason);
            requestContext.response()
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

    /** What the caller is told of a failure. What only we can cause is logged here, once. */
    ApiError of(Throwable failure, String requestId) {
        return switch (failure) {
            case ApiError error -> error;
            case CompletionException e when e.getCause() != null -> of(e.getCause(), requestId);
            case HttpResponseException e -> ofStatus(e.getStatus(), e.getMessage() == null ? "" : e.getMessage());
            case ClientDisconnected e -> {
                LOG.debug("request {}: {}", requestId, e.getMessage());
                yield ApiError.unavailable("the client has gone", RETRY_AFTER);
            }
            case RequestTimeLimit.Exceeded e -> {
                LOG.warn("request {}: {}", requestId, e.getMessage());
                yield ApiError.unavailable(String.valueOf(e.getMessage()), RETRY_AFTER);
            }
            default -> ofUnexpected(failure, requestId);
        };
    }

    private ApiError ofUnexpected(Throwable failure, String requestId) {
        Optional<String> passing = outage.apply(failure);
        if (passing.isPresent()) {
            LOG.warn("request {}: {}: {}", requestId, passing.get(), failure.toString());
            return ApiError.unavailable(passing.get() + "; try again in a moment", RETRY_AFTER);
        }
        LOG.error("request {} failed", requestId, failure);
        return ApiError.internal("something went wrong here; the log has it under request id " + requestId);
    }

    /** What the server itself answers with, before or beside any plugin. Its own words for a 5xx would name classes. */
    ApiError ofServer(int status, @Nullable String message) {
        if (status == 503) {
            return ApiError.unavailable("the server is stopping", RETRY_AFTER);
        }
        if (status >= 500) {
            return ApiError.internal("something went wrong here");
        }
        return ofStatus(status, message == null ? "the request cannot be understood" : message);
    }

    /** The error of a status that came without one. */
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
