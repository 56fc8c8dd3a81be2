package dev.belfry.notifications.sending;

import java.net.Inet6Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an http or https URL after the scheme. A browser that cannot parse host or port opens nothing, so such URLs are
 * rejected. Not {@link java.net.URI}: it rejects paths and host names that browsers accept.
 */
final class WebAddress {

    /** Slashes, an optional user, the host, and an optional port (RFC 3986, section 3.2). */
    private static final Pattern FORM = Pattern.compile(
            "//(?:[^/?#\\\\]*@)?(\\[[^\\]/?#\\\\]*]|[^\\[\\]:/?#@\\\\]+)(?::(\\d{0,5}))?(?:[/?#\\\\].*)?",
            Pattern.DOTALL);

    /** Characters that browsers reject in a host (WHATWG URL, section 3.2). */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\s<>^|]");

    private static final int MAX_PORT = 65_535;

    private WebAddress() {}

    static boolean isParsable(String afterScheme) {
        Matcher parts = FORM.matcher(afterScheme);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(2);
        return isHost(parts.group(1)) && (port == null || port.isEmpty() || Integer.parseInt(port) <= MAX_PORT);
    }

    private static boolean isHost(String host) {
        if (!host.startsWith("[")) {
            return !FORBIDDEN.matcher(host).find();
        }
        if (host.indexOf('%') >= 0) {
            // Browsers reject zones, which Java accepts.
            return false;
        }
        try {
            Inet6Address.ofLiteral(host.substring(1, host.length() - 1));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
