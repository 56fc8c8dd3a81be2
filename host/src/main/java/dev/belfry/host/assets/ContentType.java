package dev.belfry.host.assets;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The content type of a file.
 *
 * @param value for the header
 * @param isCompressible whether compression makes it shorter
 */
record ContentType(String value, boolean isCompressible) {

    private static final ContentType UNKNOWN = new ContentType("application/octet-stream", false);

    private static final Map<String, ContentType> BY_EXTENSION = Map.ofEntries(
            text("html", "text/html"),
            text("htm", "text/html"),
            text("css", "text/css"),
            text("js", "text/javascript"),
            text("mjs", "text/javascript"),
            text("json", "application/json"),
            text("map", "application/json"),
            text("webmanifest", "application/manifest+json"),
            text("svg", "image/svg+xml"),
            text("xml", "application/xml"),
            text("txt", "text/plain"),
            text("md", "text/markdown"),
            text("csv", "text/csv"),
            binary("wasm", "application/wasm", true),
            binary("ttf", "font/ttf", true),
            binary("otf", "font/otf", true),
            binary("ico", "image/x-icon", true),
            binary("woff", "font/woff", false),
            binary("woff2", "font/woff2", false),
            binary("png", "image/png", false),
            binary("jpg", "image/jpeg", false),
            binary("jpeg", "image/jpeg", false),
            binary("gif", "image/gif", false),
            binary("webp", "image/webp", false),
            binary("avif", "image/avif", false),
            binary("mp3", "audio/mpeg", false),
            binary("mp4", "video/mp4", false),
            binary("webm", "video/webm", false),
            binary("gz", "application/gzip", false),
            binary("br", "application/octet-stream", false),
            binary("zip", "application/zip", false),
            binary("pdf", "application/pdf", false));

    private static Map.Entry<String, ContentType> text(String extension, String type) {
        return Map.entry(extension, new ContentType(type + ";charset=utf-8", true));
    }

    private static Map.Entry<String, ContentType> binary(String extension, String type, boolean compressible) {
        return Map.entry(extension, new ContentType(type, compressible));
    }

    static ContentType of(String name) {
        return known(name).orElse(UNKNOWN);
    }

    static Optional<ContentType> known(String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return dot < 0 ? Optional.empty() : Optional.ofNullable(BY_EXTENSION.get(extension));
    }
}
