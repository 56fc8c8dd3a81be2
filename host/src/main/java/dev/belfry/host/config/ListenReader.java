package dev.belfry.host.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code backend.listen}: an object, a port, or {@code [host]:port}. */
final class ListenReader {

    private static final int DEFAULT_PORT = 7007;
    private static final int MAX_PORT = 65_535;
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern LOOPBACKS =
            Pattern.compile("localhost|::1|0:0:0:0:0:0:0:1|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("(?:(\\[[0-9a-fA-F:.]+]|[^:]*):)?(\\d{1,5})");

    private ListenReader() {}

    static ListenSettings read(Section backend, Optional<AuthSettings.Guest> guest) {
        Value value = backend.peek("listen");
        ListenSettings listen = value instanceof Value.Scalar ? fromText(backend) : fromMap(backend);
        if (guest.isPresent() && !guest.get().outsideDevelopment() && !isLoopback(listen.host())) {
            backend.problem(
                    "listen",
                    "guest access is on (auth.providers.guest), so the host must be a loopback address such as "
                            + LOOPBACK + ", not '" + listen.host()
                            + "'; switch guest access off, or set auth.providers.guest.dangerouslyAllowOutsideDevelopment: true");
        }
        return listen;
    }

    private static boolean isLoopback(String host) {
        return LOOPBACKS.matcher(host).matches();
    }

    private static ListenSettings fromText(Section backend) {
        String text = backend.text("listen").orElse("");
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(2)) > MAX_PORT) {
            backend.problem("listen", "must be a port, or of the form host:port, not '" + text + "'");
            return new ListenSettings(LOOPBACK, DEFAULT_PORT);
        }
        String host = address.group(1);
        // In Backstage, a missing host means every interface. Here that must be explicit.
        return new ListenSettings(
                host == null || host.isEmpty() ? LOOPBACK : unbracketed(host), Integer.parseInt(address.group(2)));
    }

    private static ListenSettings fromMap(Section backend) {
        try (Section listen = backend.section("listen")) {
            return new ListenSettings(
                    listen.text("host").map(ListenReader::unbracketed).orElse(LOOPBACK),
                    listen.number("port", 0, MAX_PORT).map(Long::intValue).orElse(DEFAULT_PORT));
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
