package dev.belfry.notifications.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the header Prefer (RFC 7240). Malformed preferences are ignored (section 2). */
final class PreferHeader {

    static final String PREFER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    private static final String WAIT = "wait";

    /** Whole seconds, as a token or in quotes. Of a longer number the first nine digits count. */
    private static final Pattern SECONDS = Pattern.compile("(\"?)0*([0-9]{1,9})[0-9]*\\1");

    private PreferHeader() {}

    /**
     * The preference {@code wait} (section 4.3). The first one counts (section 2).
     *
     * @param headers all {@code Prefer} headers of the request
     */
    static Optional<Duration> wait(Enumeration<String> headers) {
        return Collections.list(headers).stream()
                .flatMap(header -> split(header, ',').stream())
                .map(preference -> split(preference, ';').getFirst())
                .filter(preference -> nameOf(preference).equalsIgnoreCase(WAIT))
                .findFirst()
                .flatMap(PreferHeader::seconds);
    }

    private static String nameOf(String preference) {
        int equals = preference.indexOf('=');
        return (equals < 0 ? preference : preference.substring(0, equals)).strip();
    }

    private static Optional<Duration> seconds(String preference) {
        Matcher seconds = SECONDS.matcher(
                preference.substring(preference.indexOf('=') + 1).strip());
        return seconds.matches() ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(2)))) : Optional.empty();
    }

    /** Splits at the separator outside quotes, into at least one part. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == '"') {
                quoted = !quoted;
            } else if (at == '\\' && quoted) {
                i++;
            } else if (at == separator && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
