package dev.belfry.api.web;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer other than success. The host writes it in the error shape of the Backstage family; the message is shown to the
 * caller, so it names the value and the rule, and never a secret.
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

    /** 400: the request itself is wrong. */
    public static ApiError input(String message) {
        return new ApiError(400, "InputError", message, Optional.empty());
    }

    /**
     * Another status of the 400s whose cause is the request itself, such as 422.
     *
     * @throws IllegalArgumentException when {@code status} is not within 400 to 499
     */
    public static ApiError input(int status, String message) {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException("status " + status + " is not within 400 to 499");
        }
        return new ApiError(status, "InputError", message, Optional.empty());
    }

    /** 401: the caller's identity is not proven. */
    public static ApiError authentication(String message) {
        return new ApiError(401, "AuthenticationError", message, Optional.empty());
    }

    /** 403: the caller is known and may not. */
    public static ApiError notAllowed(String message) {
        return new ApiError(403, "NotAllowedError", message, Optional.empty());
    }

    /** 404: there is no such thing, or the caller may not know of it. */
    public static ApiError notFound(String message) {
        return new ApiError(404, "NotFoundError", message, Optional.empty());
    }

    /** 405: the path exists, the method does not. */
    public static ApiError methodNotAllowed(String message) {
        return new ApiError(405, "MethodNotAllowedError", message, Optional.empty());
    }

    /** 409: the request contradicts the state of things. */
    public static ApiError conflict(String message) {
        return new ApiError(409, "ConflictError", message, Optional.empty());
    }

    /** 413: the body is over the limit. */
    public static ApiError payloadTooLarge(String message) {
        return new ApiError(413, "PayloadTooLargeError", message, Optional.empty());
    }

    /** 415: the body is of a type that is not understood. */
    public static ApiError unsupportedMediaType(String message) {
        return new ApiError(415, "UnsupportedMediaTypeError", message, Optional.empty());
    }

    /**
     * 429: the caller asks too often, or has too much going on at a time.
     *
     * @param retryAfter sent as {@code Retry-After} in whole seconds, at least 1
     * @since 0.2
     */
    public static ApiError tooManyRequests(String message, Duration retryAfter) {
        return new ApiError(429, "TooManyRequestsError", message, Optional.of(retryAfter));
    }

    /** 500: a fault of ours. The message must not say more than the caller may know. */
    public static ApiError internal(String message) {
        return new ApiError(500, "InternalError", message, Optional.empty());
    }

    /**
     * 503: something that is needed is away and will be back.
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

    /** Name of the error as clients of the family know it, such as {@code InputError}. */
    public String name() {
        return name;
    }

    /** After what time trying again is worth it. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
