package dev.belfry.host.http;

import org.jspecify.annotations.Nullable;

/** Recognizes the media type of JSON. */
final class JsonType {

    private static final String NAME = "application/json";

    private JsonType() {}

    /** The type's name is case-insensitive (RFC 9110, section 8.3.1); parameters are ignored. */
    static boolean is(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return NAME.equalsIgnoreCase(type.strip());
    }
}
