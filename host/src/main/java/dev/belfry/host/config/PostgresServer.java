package dev.belfry.host.config;

import dev.belfry.api.Secret;
import dev.belfry.host.config.DatabaseSettings.Division;
import dev.belfry.host.config.DatabaseSettings.Postgres;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code connection} of a PostgreSQL database: an object as in node-postgres, or a URL.
 *
 * @param parameters of the JDBC driver
 */
record PostgresServer(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> database,
        Map<String, String> parameters) {

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;
    private static final String DEFAULT_NAME = "postgres";
    private static final PostgresServer NONE = new PostgresServer(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    static PostgresServer read(Section section) {
        section.value("connection");
        return switch (section.peek("connection")) {
            case null -> NONE;
            case Value.Scalar text -> fromUrl(section);
            default -> fromMap(section);
        };
    }

    /** Merges this over {@code base}. Only the database of this one is used. */
    PostgresServer over(PostgresServer base) {
        Map<String, String> both = new LinkedHashMap<>(base.parameters());
        both.putAll(parameters);
        return new PostgresServer(
                host.or(base::host),
                port.or(base::port),
                user.or(base::user),
                password.or(base::password),
                base.database(),
                both);
    }

    boolean isNamed() {
        return !equals(NONE);
    }

    /** @param own full name of the plugin's database, if configured; {@link #database} is then used to create it */
    Postgres settings(String prefix, Division division, boolean ensureExists, Optional<String> own) {
        String name = host.orElse("localhost");
        String there = own.isPresent() && own.equals(database) ? DEFAULT_NAME : database.orElse(DEFAULT_NAME);
        StringBuilder url = new StringBuilder("jdbc:postgresql://")
                .append(name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name)
                .append(':')
                .append(port.orElse(DEFAULT_PORT))
                .append('/')
                .append(encoded(division == Division.SCHEMA ? own.orElse(there) : there));
        String separator = "?";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            url.append(separator).append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
            separator = "&";
        }
        return new Postgres(url.toString(), user.orElse(DEFAULT_NAME), password, prefix, division, ensureExists, own);
    }

    private static PostgresServer fromMap(Section section) {
        try (Section connection = section.section("connection")) {
            if (connection.text("type").filter(type -> !type.equals("default")).isPresent()) {
                connection.problem("type", "must be default: Belfry supports no other login type");
            }
            connection.ignore(
                    "application_name",
                    "client_encoding",
                    "connectionTimeoutMillis",
                    "idle_in_transaction_session_timeout",
                    "keepAlive",
                    "keepAliveInitialDelayMillis",
                    "lock_timeout",
                    "query_timeout",
                    "statement_timeout");
            return new PostgresServer(
                    connection.text("host"),
                    connection.number("port", 1, MAX_PORT).map(Long::intValue),
                    connection.text("user"),
                    connection.text("password").map(Secret::of),
                    connection.text("database"),
                    PostgresTls.read(connection));
        }
    }

    private static PostgresServer fromUrl(Section section) {
        String text = section.text("connection").orElse("");
        try {
            URI url = new URI(text);
            if (url.getScheme() == null || !url.getScheme().matches("postgres(ql)?") || url.getHost() == null) {
                throw new URISyntaxException("", "not a PostgreSQL URL");
            }
            String[] user = url.getRawUserInfo() == null
                    ? new String[0]
                    : url.getRawUserInfo().split(":", 2);
            Map<String, String> parameters = parameters(url);
            // The driver accepts these parameters too, but the URL may be logged and they must not be.
            Optional<String> named = Optional.ofNullable(parameters.remove("user"));
            Optional<Secret> password =
                    Optional.ofNullable(parameters.remove("password")).map(Secret::of);
            String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
            return new PostgresServer(
                    Optional.of(url.getHost()),
                    url.getPort() < 0 ? Optional.empty() : Optional.of(url.getPort()),
                    user.length > 0 && !user[0].isEmpty() ? Optional.of(decoded(user[0])) : named,
                    user.length > 1 ? Optional.of(Secret.of(decoded(user[1]))) : password,
                    Optional.of(path).filter(name -> !name.isEmpty()),
                    PostgresTls.complete(parameters));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The text may contain a password, so it is not repeated.
            section.problem(
                    "connection",
                    "must be an object, or a URL of the form postgres://user:password@host:port/database");
            return NONE;
        }
    }

    private static Map<String, String> parameters(URI url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
