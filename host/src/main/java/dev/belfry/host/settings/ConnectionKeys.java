package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.config.Unsupported;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code connection} of a database: one string, or an object with the keys of SQLite or of node-postgres. */
sealed interface ConnectionKeys {

    @FromText(value = "a string, or an object", orObject = Parts.class)
    static ConnectionKeys parse(String text, SourceLocation location) {
        return new Text(text, location);
    }

    /** {@code :memory:}, a path, or a URL. */
    record Text(String text, SourceLocation location) implements ConnectionKeys {
        boolean isPostgresUrl() {
            return text.matches("postgres(ql)?://.*");
        }

        boolean isUrl() {
            return text.matches("[a-z]+://.*");
        }

        /** The text may contain a password. */
        @Override
        public String toString() {
            return "Text at " + location;
        }
    }

    @Ignored({
        "application_name",
        "client_encoding",
        "connectionTimeoutMillis",
        "flags",
        "idle_in_transaction_session_timeout",
        "keepAlive",
        "keepAliveInitialDelayMillis",
        "lock_timeout",
        "query_timeout",
        "statement_timeout"
    })
    @Unsupported(
            value = {"instance", "ipAddressType", "region", "tokenCredential"},
            instead =
                    "has no effect: Belfry connects to connection.host with a user and a password, without a connector of a"
                            + " cloud")
    record Parts(
            Optional<Path> directory,
            Optional<FileName> filename,
            Optional<Secret> connectionString,
            Optional<String> host,
            @Range(min = 1, max = 65_535) Optional<Integer> port,
            Optional<String> user,
            Optional<Secret> password,
            Optional<String> database,
            @Restriction Optional<PostgresTls> ssl,
            Optional<String> type,
            SourceLocation place)
            implements ConnectionKeys {

        /** {@code connectionString} in place of the other keys. */
        Optional<Text> url() {
            return connectionString.map(url -> new Text(url.text(), place));
        }

        /** The keys that mean nothing to SQLite. */
        Set<String> keysOfPostgres() {
            return present(
                    List.of("connectionString", "host", "port", "user", "password", "database", "ssl", "type"),
                    List.of(connectionString, host, port, user, password, database, ssl, type));
        }

        Set<String> keysOfSqlite() {
            return present(List.of("directory", "filename"), List.of(directory, filename));
        }

        private static Set<String> present(List<String> keys, List<Optional<?>> values) {
            Set<String> present = new LinkedHashSet<>();
            for (int i = 0; i < keys.size(); i++) {
                if (values.get(i).isPresent()) {
                    present.add(keys.get(i));
                }
            }
            return present;
        }
    }

    /** @param text as it is written */
    record FileName(String text, SourceLocation location) {
        @FromText("a path, or :memory:")
        static FileName parse(String text, SourceLocation location) {
            return new FileName(text, location);
        }
    }
}
