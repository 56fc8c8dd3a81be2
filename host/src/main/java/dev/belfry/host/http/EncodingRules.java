package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests with an encoding other than gzip and UTF-8. Decoders further in would replace or drop invalid input, and a dropped parameter
 * widens a result.
 */
final class EncodingRules {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";]*)", Pattern.CASE_INSENSITIVE);
    private static final int HEX = 16;
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private EncodingRules() {}

    /** Whether the body is compressed with gzip. */
    static boolean isGzip(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        return encoding != null && GZIP.contains(encoding.strip().toLowerCase(Locale.ROOT));
    }

    /** @param response gets the accepted encodings if the encoding of the body is not accepted (RFC 9110, 15.5.16) */
    static void check(HttpServletRequest request, HttpServletResponse response) {
        // Not getContentType(): Jetty looks up the charset and throws if it does not know it.
        charset(request.getHeader("Content-Type"))
                .filter(charset -> !charset.equals("utf-8") && !charset.equals("utf8"))
                .ifPresent(charset -> {
                    throw ApiError.unsupportedMediaType("charset '" + charset + "' is not supported; use UTF-8");
                });
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null
                && !encoding.isBlank()
                && !encoding.strip().equalsIgnoreCase("identity")
                && !isGzip(request)) {
            response.setHeader("Accept-Encoding", "gzip, identity");
            throw ApiError.unsupportedMediaType("Content-Encoding '" + encoding
                    + "' of a body is not supported; use gzip, or send it uncompressed");
        }
        if (isGzip(request) && isMultipart(request)) {
            response.setHeader("Accept-Encoding", "identity");
            throw ApiError.unsupportedMediaType("a multipart body must be sent uncompressed");
        }
        String query = request.getQueryString();
        if (query != null) {
            checkQuery(query);
        }
    }

    /** Jetty reads multipart bodies itself, not through the host's checks. */
    static boolean isMultipart(HttpServletRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    private static Optional<String> charset(@Nullable String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        Matcher matcher = CHARSET.matcher(contentType);
        return matcher.find() ? Optional.of(matcher.group(1).strip().toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static void checkQuery(String query) {
        byte[] raw = query.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                decoded.put((byte) escaped(raw, i));
                i += 2;
            } else {
                decoded.put(raw[i]);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
        } catch (CharacterCodingException e) {
            throw ApiError.input("the query is not valid UTF-8");
        }
    }

    private static int escaped(byte[] raw, int at) {
        int high = at + 1 < raw.length ? Character.digit(raw[at + 1], HEX) : -1;
        int low = at + 2 < raw.length ? Character.digit(raw[at + 2], HEX) : -1;
        if (high < 0 || low < 0) {
            throw ApiError.input("the query has a '%' that is not followed by two hexadecimal digits");
        }
        return high * HEX + low;
    }
}
