package dev.belfry.host.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** HTML escaping, and resources of pages. */
final class Html {

    private Html() {}

    /** Escapes text for HTML. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String list(List<String> items) {
        return items.isEmpty()
                ? ""
                : items.stream().map(item -> "<li>" + text(item)).collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    /** Reads a resource of this package. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the host's JAR lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
