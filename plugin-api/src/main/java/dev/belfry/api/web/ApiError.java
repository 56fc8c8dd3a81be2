package dev.belfry.api.web;

import java.time.Duration;
import java.util.Optional;

/**
 * An error response. The host writes it in Backstage's error format. The caller sees the message, so it names the value and
 * the rule, and never contains a secret.
 *
 * @since 0.1
 */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String name;
    private final transient Optional<Duration> retryAfter;

    private ApiError(int status, String name, String message, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.name = name;
        this.retryAfter = retryAfter;
    }

    /** 400: the request is invalid. */
    public static ApiError input(String message) {
        return new ApiError(400, "InputError", message, Optional.empty());
    }

    /**
     * Another 4xx status for an invalid request, such as 422.
     *
     * @throws IllegalArgumentException if {@code status} is not within 400 to 499
     */
    public static ApiError input(int status, String message) {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException("status " + status + " is not within 400 to 499");
        }
        return new ApiError(status, "InputError", message, Optional.empty());
    }

    /** 401: the caller is not authenticated. */
    public static ApiError authentication(String message) {
        return new ApiError(401, "AuthenticationError", message, Optional.empty());
    }

    /** 403: the caller lacks a permission. */
    public static ApiError notAllowed(String message) {
        return new ApiError(403, "NotAllowedError", message, Optional.empty());
    }

    /** 404: the resource does not exist, or the caller may not know of it. */
    public static ApiError notFound(String message) {
        return new ApiError(404, "NotFoundError", message, Optional.empty());
    }

    /** 405: the path does not have this method. */
    public static ApiError methodNotAllowed(String message) {
        return new ApiError(405, "MethodNotAllowedError", message, Optional.empty());
    }

    /** 409: the request conflicts with the current state. */
    public static ApiError conflict(String message) {
        return new ApiError(409, "ConflictError", message, Optional.empty());
    }

    /** 413: the body exceeds the limit. */
    public static ApiError payloadTooLarge(String message) {
        return new ApiError(413, "PayloadTooLargeError", message, Optional.empty());
    }

    /** 415: the media type of the body is not supported. */
    public static ApiError unsupportedMediaType(String message) {
        return new ApiError(415, "UnsupportedMediaTypeError", message, Optional.empty());
    }

    /**
     * 429: the caller sends too many requests, or has too many in progress.
     *
     * @param retryAfter sent as {@code Retry-After} in whole seconds, at least 1
     * @since 0.2
     */
    public static ApiError tooManyRequests(String message, Duration retryAfter) {
        return new ApiError(429, "TooManyRequestsError", message, Optional.of(retryAfter));
    }

    /** 500: an internal error. The message must not disclose internals. */
    public static ApiError internal(String message) {
        return new ApiError(500, "InternalError", message, Optional.empty());
    }

    /**
     * 503: a dependency is temporarily unavailable.
     *
     * @param retryAfter sent as {@code Retry-After} in whole seconds, at least 1
     */
    public static ApiError unavailable(String message, Duration retryAfter) {
        return new ApiError(503, "ServiceUnavailableError", message, Optional.of(retryAfter));
    }

    /** HTTP status code, 400 to 599. */
    public int status() {
        return status;
    }

    /** The error's name in Backstage's format, such as {@code InputError}. */
    public String name() {
        return name;
    }

    /** The time after which the caller should retry. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
