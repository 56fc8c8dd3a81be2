package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import java.util.Arrays;
import java.util.regex.Matcher;
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

    private static final Pattern HOST = Pattern.compile("[^/]+://(.*?)(:[0-9*?]*)?");

    /** The end of a host after its last wildcard: whole labels that nobody else can register. */
    private static final Pattern OWN_DOMAIN = Pattern.compile("[^.]*\\.(localhost|[^.]+(\\.[^.]+)+)");

    @FromText("an origin such as https://app.example.com or https://*.example.com, without a path, or '*'")
    static OriginPattern parse(String text) {
        if (!text.equals(ANY)
                && !text.equals(SANDBOXED)
                && !ORIGIN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an origin");
        }
        return new OriginPattern(text);
    }

    /**
     * Whether the page of any site can have a matching origin: every page can have a sandboxed frame, and everybody can register
     * {@code localhost.example} for {@code http://localhost*}.
     */
    public boolean isOpen() {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            return true;
        }
        String name = host.group(1);
        int wildcard = Math.max(name.lastIndexOf('*'), name.lastIndexOf('?'));
        return wildcard >= 0
                && !OWN_DOMAIN.matcher(name.substring(wildcard + 1)).matches();
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
