package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Origins that may send requests (RFC 6454), with the wildcards of Backstage that origins need: {@code *} stands for any characters
 * of a host or port, {@code ?} for one.
 *
 * @param text {@code *} alone stands for any origin; {@code null} is the origin of sandboxed pages
 */
public record OriginPattern(String text) {

    private static final String ANY = "*";
    private static final String SANDBOXED = "null";

    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.*?-]*://[A-Za-z0-9._~:*?\\[\\]-]+");

    /** A host of wildcards alone, with any port. */
    private static final Pattern OPEN = Pattern.compile("[^/]+://[*?.]+(:[^:]*)?");

    @FromText("an origin such as https://app.example.com or https://*.example.com, without a path, or '*'")
    static OriginPattern parse(String text) {
        if (!text.equals(ANY)
                && !text.equals(SANDBOXED)
                && !ORIGIN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an origin");
        }
        return new OriginPattern(text);
    }

    /** Whether the page of any site can have a matching origin: every page can have a sandboxed frame. */
    public boolean isOpen() {
        return text.equals(ANY) || text.equals(SANDBOXED) || OPEN.matcher(text).matches();
    }

    /** A regular expression for the whole of an origin. */
    public Pattern regex() {
        String regex = text.equals(ANY)
                ? ".*"
                : Arrays.stream(text.split("(?<=[*?])|(?=[*?])"))
                        .map(OriginPattern::regex)
                        .collect(Collectors.joining());
        return Pattern.compile("(?i)" + regex);
    }

    private static String regex(String part) {
        return switch (part) {
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            default -> Pattern.quote(part);
        };
    }
}
