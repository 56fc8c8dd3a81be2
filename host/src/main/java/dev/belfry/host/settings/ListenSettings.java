package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Range;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code backend.listen}.
 *
 * @param host address or name to bind
 * @param port 0 = any free port
 */
public record ListenSettings(
        @Default(LOOPBACK) String host,
        @Default("7007") @Range(max = MAX_PORT) int port) {

    static final String LOOPBACK = "127.0.0.1";

    private static final int MAX_PORT = 65_535;
    private static final Pattern LOOPBACKS =
            Pattern.compile("localhost|::1|0:0:0:0:0:0:0:1|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[^:]*):)?(\\d{1,5})");

    public ListenSettings {
        host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    @FromText(value = "a port, or of the form host:port", orObject = ListenSettings.class)
    static ListenSettings parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(2)) > MAX_PORT) {
            throw new IllegalArgumentException("not an address");
        }
        String host = address.group(1);
        // In Backstage, a missing host means every interface. Here that must be explicit.
        return new ListenSettings(host == null || host.isEmpty() ? LOOPBACK : host, Integer.parseInt(address.group(2)));
    }

    boolean isLoopback() {
        return isLoopback(host);
    }

    /** @param host may have the brackets of an IPv6 address in a URL */
    public static boolean isLoopback(String host) {
        return LOOPBACKS.matcher(host.replaceAll("[\\[\\]]", "")).matches();
    }
}
