package dev.belfry.host.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which hosts and URLs of PostgreSQL Belfry can connect to. A rule that is broken says what to write; it repeats nothing of a URL, which
 * may contain a password.
 */
final class PostgresAddressRule {

    private static final String SOCKET =
            "the folder of a Unix socket, to which Belfry cannot connect: name the host and"
                    + " the port on which PostgreSQL listens (for Cloud SQL, those of the Cloud SQL Auth Proxy)";

    private static final String ONE_HOST =
            ", and Belfry connects to one: name the primary, or a proxy or address that leads to it";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]+");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?]?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+|\\[.*]):[^:]*");
    private static final Pattern PORT = Pattern.compile("0*[1-9]\\d{0,4}");
    private static final int MAX_PORT = 65_535;
    private static final Pattern SOCKET_FOLDER = Pattern.compile("(?i)(/|%2f).*");
    private static final Pattern HOST_PARAMETER = Pattern.compile("(?:.*&)?host(?:addr)?=([^&]*).*");

    private PostgresAddressRule() {}

    /** The rule that a host breaks; empty if it is a name or an address. */
    static Optional<String> brokenByHost(String host) {
        if (SOCKET_FOLDER.matcher(host).matches()) {
            return Optional.of("'" + host + "' is " + SOCKET);
        }
        if (host.contains(",")) {
            return Optional.of("'" + host + "' names several hosts" + ONE_HOST);
        }
        return NAME.matcher(host).matches() || IPV6.matcher(host).matches()
                ? Optional.empty()
                : Optional.of("must be the name or the address of one host without a port, not '" + host
                        + "'; connection.port is the key of the port");
    }

    /** The rule that a URL breaks; empty if Belfry can connect to it. */
    static Optional<String> brokenByUrl(ConnectionKeys.Text text) {
        if (!text.isPostgresUrl()) {
            return Optional.of("must be an object, or a URL such as postgres://db.example:5432/main");
        }
        String rest = text.text().substring(text.text().indexOf("://") + 3);
        String authority = rest.split("[/?#]", 2)[0];
        String hosts = authority.substring(authority.lastIndexOf('@') + 1);
        if (hosts.contains(",") && !rest.contains("#")) {
            return Optional.of("names several hosts" + ONE_HOST);
        }
        Optional<URI> url = parsed(text.text());
        String query = url.map(URI::getRawQuery).orElse("");
        if (isSocket(hosts, query)) {
            return Optional.of("names " + SOCKET);
        }
        if (HOST_PARAMETER.matcher(query).matches()) {
            return Optional.of("has the host as a parameter: write it before the name of the database, as in"
                    + " postgres://db.example:5432/main");
        }
        boolean isWholeAuthority = rest.lastIndexOf('@') < authority.length() && !rest.contains("#");
        if (isWholeAuthority && WITH_PORT.matcher(hosts).matches() && !hasPort(hosts)) {
            return Optional.of("has a port that is not a whole number from 1 to 65535");
        }
        boolean isUnescaped = url.isEmpty()
                || url.get().getRawFragment() != null
                || url.get().getRawPath().contains("@")
                || (url.get().getHost() == null && !hosts.isEmpty() && rest.contains("@"));
        if (isUnescaped && (rest.contains("@") || rest.contains("#"))) {
            return Optional.of(
                    "has a user or a password with characters that end it: write %40 for @, %23 for #, %2F for /,"
                            + " %3A for :, %3F for ? and %25 for %, or use connection.user and connection.password");
        }
        return url.isEmpty() || url.get().getHost() == null
                ? Optional.of("must be a URL with a host, such as postgres://db.example:5432/main")
                : Optional.empty();
    }

    private static boolean hasPort(String hosts) {
        String port = hosts.substring(hosts.lastIndexOf(':') + 1);
        return port.isEmpty() || (PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT);
    }

    private static boolean isSocket(String hosts, String query) {
        return SOCKET_FOLDER.matcher(hosts).matches()
                || HOST_PARAMETER
                        .matcher(query)
                        .results()
                        .anyMatch(found -> SOCKET_FOLDER.matcher(found.group(1)).matches());
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
