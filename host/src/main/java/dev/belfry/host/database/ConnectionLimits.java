package dev.belfry.host.database;

import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the sizes of a host's pools with the connection limits of PostgreSQL: of the role, of the database, and of the server. */
final class ConnectionLimits {

    /** Limits of roles and databases do not hold for superusers, nor do reserved connections. -1 = without limit. */
    private static final String LIMITS = """
            select case when r.rolsuper then -1 else r.rolconnlimit end,
                   case when r.rolsuper then -1 else coalesce(d.datconnlimit, -1) end,
                   current_setting('max_connections')::int - case when r.rolsuper then 0 else
                       current_setting('superuser_reserved_connections')::int
                           + coalesce(current_setting('reserved_connections', true), '0')::int end
            from pg_roles r left join pg_database d on d.datname = ?
            where r.rolname = current_user""";

    /** Signals come by a connection beside the pool. */
    private static final int LISTENING = 1;

    private final PostgresSource source;
    private final DatabaseAddress.Postgres address;
    private final List<String> warnings = new ArrayList<>();

    private ConnectionLimits(PostgresSource source) {
        this.source = source;
        address = DatabaseAddress.Postgres.of(source);
    }

    /** A role of a server. */
    private record Login(String jdbcUrl, String user) {}

    private record Limits(int role, int database, int server) {}

    /**
     * @param pools by plugin
     * @return a warning for each limit that is lower than the sum of the pools
     */
    static List<String> warnings(Map<String, PluginDatabase> pools) throws SQLException {
        Map<Login, Map<String, PluginDatabase>> logins = new LinkedHashMap<>();
        pools.forEach((plugin, pool) -> {
            if (pool.connection() instanceof Postgres settings) {
                logins.computeIfAbsent(new Login(settings.jdbcUrl(), settings.user()), _ -> new TreeMap<>())
                        .put(plugin, pool);
            }
        });
        List<String> warnings = new ArrayList<>();
        for (Map<String, PluginDatabase> ofLogin : logins.values()) {
            Postgres settings = (Postgres) ofLogin.values().iterator().next().connection();
            ConnectionLimits limits = new ConnectionLimits(PostgresDatabases.source(settings));
            limits.check(ofLogin);
            warnings.addAll(limits.warnings);
        }
        return warnings;
    }

    private void check(Map<String, PluginDatabase> pools) throws SQLException {
        Map<String, Map<String, Integer>> databases = new TreeMap<>();
        Map<String, Integer> all = new TreeMap<>();
        pools.forEach((plugin, pool) -> {
            int connections = pool.pool().max() + LISTENING;
            all.put(plugin, connections);
            databases
                    .computeIfAbsent(database(plugin, (Postgres) pool.connection()), _ -> new TreeMap<>())
                    .put(plugin, connections);
        });
        try (Connection connection = source.getConnection()) {
            Limits limits = limits(connection, "");
            compare(
                    "the user '" + address.user() + "' may have",
                    limits.role(),
                    all,
                    "Run as an administrator: alter role " + PostgresProblem.identifier(address.user())
                            + " connection limit -1");
            compare("the server gives this user", limits.server(), all, "Raise max_connections there");
            for (Map.Entry<String, Map<String, Integer>> database : databases.entrySet()) {
                compare(
                        "the database '" + database.getKey() + "' may have",
                        limits(connection, database.getKey()).database(),
                        database.getValue(),
                        "Run as an administrator: alter database " + PostgresProblem.identifier(database.getKey())
                                + " connection limit -1");
            }
        }
    }

    private String database(String plugin, Postgres settings) {
        return settings.division() == Division.DATABASE
                ? settings.database().orElse(settings.prefix() + plugin)
                : String.valueOf(source.getDatabaseName());
    }

    private static Limits limits(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIMITS)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Limits(row.getInt(1), row.getInt(2), row.getInt(3));
            }
        }
    }

    /** @param needed by plugin */
    private void compare(String whose, int limit, Map<String, Integer> needed, String remedy) {
        int sum = needed.values().stream().mapToInt(Integer::intValue).sum();
        if (limit >= 0 && limit < sum) {
            warnings.add("PostgreSQL at " + address.server() + ": " + whose + " " + limit
                    + " connections, and each host opens up to " + sum + " ("
                    + needed.entrySet().stream()
                            .map(plugin -> plugin.getKey() + " " + plugin.getValue())
                            .collect(Collectors.joining(", "))
                    + "). Under load, requests then fail. " + remedy
                    + ", or lower knexConfig.pool.max");
        }
    }
}
