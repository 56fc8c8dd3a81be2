package dev.belfry.host.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** HTML escaping, and resources of pages. */
public final class Html {

    private Html() {}

    /** Escapes text for HTML. */
    public static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    public static String list(List<String> items) {
        return items.isEmpty()
                ? ""
                : items.stream().map(item -> "<li>" + text(item)).collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    /** @param page reads a file of its package */
    public static String resource(Class<?> page, String name) {
        try (InputStream in = page.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the host's JAR lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
