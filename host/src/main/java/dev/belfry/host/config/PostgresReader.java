package dev.belfry.host.config;

import dev.belfry.host.config.DatabaseSettings.Division;
import dev.belfry.host.config.DatabaseSettings.Postgres;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads {@code connection} of a PostgreSQL database: a map as node-postgres has it, or a URL. */
final class PostgresReader {

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;
    private static final String MAINTENANCE = "postgres";

    private PostgresReader() {}

    /** @param ofOnePlugin then a database that is named is the plugin's own */
    static Postgres read(Section section, boolean ofOnePlugin, String prefix, Division division, boolean ensureExists) {
        Server server = section.peek("connection") instanceof Value.Scalar ? fromUrl(section) : fromMap(section);
        Optional<String> own = ofOnePlugin ? server.database() : Optional.empty();
        String there = ofOnePlugin ? MAINTENANCE : server.database().orElse(MAINTENANCE);
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + there
                + server.sslMode().map(mode -> "?sslmode=" + mode).orElse("");
        return new Postgres(url, server.user(), server.password(), prefix, division, ensureExists, own);
    }

    private record Server(
            String host,
            long port,
            String user,
            Optional<String> password,
            Optional<String> database,
            Optional<String> sslMode) {}

    private static Server fromMap(Section section) {
        try (Section connection = section.section("connection")) {
            connection.ignore("application_name", "connectionTimeoutMillis", "statement_timeout", "type");
            return new Server(
                    connection.text("host").orElse("localhost"),
                    connection.number("port", 1, MAX_PORT).orElse((long) DEFAULT_PORT),
                    connection.text("user").orElse(MAINTENANCE),
                    connection.text("password"),
                    connection.text("database"),
                    sslMode(connection));
        }
    }

    /** {@code ssl: true} or a map, as node-postgres has it: encrypted, and the certificate checked unless told not to. */
    private static Optional<String> sslMode(Section connection) {
        if (connection.peek("ssl") instanceof Value.Tree) {
            try (Section ssl = connection.section("ssl")) {
                boolean checked = ssl.flag("rejectUnauthorized").orElse(true);
                ssl.ignore("ca", "key", "cert", "host", "servername");
                return Optional.of(checked ? "verify-full" : "require");
            }
        }
        return connection.flag("ssl").filter(on -> on).map(on -> "verify-full");
    }

    private static Server fromUrl(Section section) {
        String text = section.text("connection").orElse("");
        try {
            URI url = new URI(text);
            if (url.getScheme() == null || !url.getScheme().matches("postgres(ql)?") || url.getHost() == null) {
                throw new URISyntaxException("", "no address of PostgreSQL");
            }
            String[] user = url.getRawUserInfo() == null
                    ? new String[0]
                    : url.getRawUserInfo().split(":", 2);
            String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
            return new Server(
                    url.getHost(),
                    url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                    user.length > 0 ? decoded(user[0]) : MAINTENANCE,
                    user.length > 1 ? Optional.of(decoded(user[1])) : Optional.empty(),
                    Optional.of(path).filter(name -> !name.isEmpty()),
                    sslMode(url));
        } catch (URISyntaxException e) {
            // The text may hold a password: it is not repeated.
            section.fault(
                    "connection", "must be a map, or a URL of the form postgres://user:password@host:port/database");
            return new Server(
                    "localhost", DEFAULT_PORT, MAINTENANCE, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private static Optional<String> sslMode(URI url) {
        String query = url.getQuery() == null ? "" : url.getQuery();
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("sslmode=")) {
                return Optional.of(parameter.substring("sslmode=".length()));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
