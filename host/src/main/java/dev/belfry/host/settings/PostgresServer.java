package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.tls.ClientTls;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code connection} of a PostgreSQL database: an object as in node-postgres, or a URL.
 *
 * @param parameters of the JDBC driver
 * @param tls settings of TLS that the parameters cannot express
 */
record PostgresServer(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> database,
        Map<String, String> parameters,
        Optional<ClientTls> tls) {

    private static final int DEFAULT_PORT = 5432;
    private static final String DEFAULT_NAME = "postgres";
    private static final PostgresServer NONE = new PostgresServer(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty());

    /** The connection was checked: see {@link PostgresAddressRule}. */
    static PostgresServer of(Optional<ConnectionKeys> connection) {
        return switch (connection.orElse(null)) {
            case null -> NONE;
            case ConnectionKeys.Text text -> of(URI.create(text.text()));
            // As in node-postgres, the URL wins.
            case ConnectionKeys.Parts parts
            when parts.url().isPresent() ->
                of(URI.create(parts.url().get().text())).with(parts);
            case ConnectionKeys.Parts parts ->
                new PostgresServer(
                        parts.host(),
                        parts.port(),
                        parts.user(),
                        parts.password(),
                        parts.database(),
                        parts.ssl().map(PostgresTls::parameters).orElse(Map.of()),
                        parts.ssl().flatMap(PostgresTls::settings));
        };
    }

    private PostgresServer with(ConnectionKeys.Parts parts) {
        Map<String, String> both =
                new LinkedHashMap<>(parts.ssl().map(PostgresTls::parameters).orElse(Map.of()));
        both.putAll(parameters);
        return new PostgresServer(
                host,
                port.or(parts::port),
                user.or(parts::user),
                password.or(parts::password),
                database.or(parts::database),
                both,
                parts.ssl().flatMap(PostgresTls::settings));
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
                both,
                tls.or(base::tls));
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
        return new Postgres(
                url.toString(), user.orElse(DEFAULT_NAME), password, prefix, division, ensureExists, own, tls);
    }

    private static PostgresServer of(URI url) {
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
                PostgresUrlParameters.ofDriver(parameters),
                Optional.empty());
    }

    /** As they are written. */
    static Map<String, String> parameters(URI url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        for (String parameter : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            if (!pair[0].isEmpty()) {
                parameters.put(pair[0], pair.length > 1 ? decoded(pair[1]) : "");
            }
        }
        return parameters;
    }

    /** The names that a URL has more than once. */
    static List<String> repeatedParameters(URI url) {
        Set<String> seen = new HashSet<>();
        return Arrays.stream(Objects.requireNonNullElse(url.getRawQuery(), "").split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .distinct()
                .toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
