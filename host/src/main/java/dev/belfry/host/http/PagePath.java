package dev.belfry.host.http;

import dev.belfry.host.assets.AssetNames;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a page, relative to its mount, such as {@code /groups/{id}}.
 *
 * @param segments none for {@code /}
 */
record PagePath(String text, List<String> segments) {

    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*");
    private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z][A-Za-z0-9]*}");

    /** @throws IllegalArgumentException when the text is no such path */
    static PagePath of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("the path '" + text + "' of a page must begin with '/'");
        }
        List<String> segments = segmentsOf(text);
        for (String segment : segments) {
            if (!LITERAL.matcher(segment).matches()
                    && !PARAMETER.matcher(segment).matches()) {
                throw new IllegalArgumentException("the path '" + text + "' of a page has the segment '" + segment
                        + "', which is neither a parameter such as '{id}' nor made of letters, digits, '.', '_', '~'"
                        + " and '-'");
            }
        }
        return new PagePath(text, segments);
    }

    private static List<String> segmentsOf(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    boolean hasParameters() {
        return segments.stream().anyMatch(PagePath::isParameter);
    }

    /** @param path raw, below the mount */
    boolean matches(String path) {
        List<String> given = segmentsOf(path);
        if (given.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < given.size(); i++) {
            String segment = segments.get(i);
            boolean fits = isParameter(segment) ? isValue(given.get(i)) : segment.equals(given.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    /** A file that is missing must be a 404, not a page: browsers and caches would take the page for the file. */
    private static boolean isValue(String segment) {
        return !segment.isEmpty() && !AssetNames.hasKnownExtension(segment);
    }
}
