package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.notifications.hash.Sha256;
import dev.belfry.notifications.sending.IdempotencyConflict;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.RequestKey;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The common parts of requests that create notifications. */
final class Requests {

    static final String KEY = "Idempotency-Key";

    private static final String JSON = "application/json";
    private static final String RETRY_SECONDS = "1";

    private Requests() {}

    static void requireJson(@Nullable String contentType) {
        requireType(contentType, JSON);
    }

    static void requireType(@Nullable String contentType, String required) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(required)) {
            throw ApiError.unsupportedMediaType("the body must be " + required + ", not "
                    + (type.isEmpty() ? "of an unknown type (there is no Content-Type)" : "'" + type + "'"));
        }
    }

    /**
     * @return null when the request has no key
     * @throws ApiError 400 when it has several: which one counts would be a guess
     */
    static @Nullable RequestKey key(Context context, Caller caller) {
        List<String> values = Collections.list(context.req().getHeaders(KEY));
        if (values.size() > 1) {
            throw ApiError.input("the header '" + KEY + "' was sent " + values.size() + " times");
        }
        String value = values.isEmpty() ? null : values.getFirst();
        return value == null ? null : new RequestKey(caller.subject(), value, fingerprint(context));
    }

    private static String fingerprint(Context context) {
        MessageDigest hash = Sha256.begin();
        String query = context.queryString();
        hash.update((context.path() + "?" + (query == null ? "" : query) + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash.digest(context.bodyAsBytes()));
    }

    /** Answers with the result, and maps exceptions to error responses. */
    static void answer(Context context, Supplier<String> work) {
        try {
            context.contentType(JSON).result(work.get());
        } catch (InvalidInput e) {
            throw ApiError.input(e.reason());
        } catch (IdempotencyConflict e) {
            throw refused(context, e.reason());
        }
    }

    private static ApiError refused(Context context, IdempotencyConflict.Reason reason) {
        String key = KEY + " '" + context.header(KEY) + "'";
        return switch (reason) {
            case REUSED -> ApiError.input(422, key + " stands for another request; choose a new one for each");
            case IN_FLIGHT -> {
                context.header("Retry-After", RETRY_SECONDS);
                yield ApiError.conflict("the request of " + key + " is still being handled");
            }
        };
    }
}
