package dev.belfry.host.database;

import dev.belfry.host.logging.Redaction;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.GT;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Says in one clause why a database cannot be used, by the classes and codes of the driver's exceptions. The driver's own text is the
 * last resort.
 */
final class DatabaseProblem {

    /** The driver translates it to the language of the JVM. */
    private static final String NO_TLS = GT.tr("The server does not support SSL.");

    private static final String TLS_KEY = "backend.database.connection.ssl";

    private DatabaseProblem() {}

    /** An exception of the same kind for {@link Outages}, whose message is {@link #of}. */
    static SQLException translated(SQLException failure, DatabaseAddress address) {
        return new SQLException(of(failure, address), failure.getSQLState(), failure);
    }

    static String of(Throwable failure, DatabaseAddress address) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .flatMap(cause -> known(cause, causes, address).stream())
                .findFirst()
                .orElseGet(() -> own(causes.getLast()));
    }

    private static Optional<String> known(Throwable cause, List<Throwable> causes, DatabaseAddress address) {
        return switch (cause) {
            case UnusableDatabase sentence -> Optional.of(String.valueOf(sentence.getMessage()));
            case PoolerMisconfigured sentence -> Optional.of(String.valueOf(sentence.getMessage()));
            case SQLiteException sqlite -> Optional.of(ofSqlite(sqlite, address));
            case SQLTransientConnectionException pool
            when pool.getCause() == null -> Optional.of("all connections of the plugin's pool are in use");
            case SQLException e
            when address instanceof DatabaseAddress.Postgres postgres -> ofPostgres(e, causes, postgres);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofPostgres(
            SQLException failure, List<Throwable> causes, DatabaseAddress.Postgres address) {
        String server = "PostgreSQL at " + address.server();
        return Optional.ofNullable(
                switch (String.valueOf(failure.getSQLState())) {
                    case "08001", "08006" -> unreachable(server, causes, address);
                    case "08004" ->
                        NO_TLS.equals(failure.getMessage())
                                ? server + " does not offer TLS: turn on ssl in postgresql.conf, or remove " + TLS_KEY
                                : server + " asks for a password of the user '" + address.user()
                                        + "': set backend.database.connection.password";
                    case "28P01" -> server + " rejects the password of the user '" + address.user() + "'";
                    case "28000" ->
                        server + " does not admit the user '" + address.user() + "' to the database '"
                                + address.database() + "': create the role, or add a line for it to pg_hba.conf";
                    case "3D000" -> "the database '" + address.database() + "' does not exist on " + address.server();
                    case "42501" ->
                        "the user '" + address.user() + "' lacks a right in the database '" + address.database() + "': "
                                + own(failure);
                    case "53300" ->
                        server + " accepts no more connections: raise max_connections there, or lower"
                                + " knexConfig.pool.max";
                    case "57P01", "57P02" -> server + " is stopping";
                    case "57P03" -> server + " is starting or stopping";
                    default -> null;
                });
    }

    private static String unreachable(String server, List<Throwable> causes, DatabaseAddress.Postgres address) {
        for (Throwable cause : causes) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return "the host '" + address.host() + "' of the database is unknown";
                }
                case SocketTimeoutException _ -> {
                    return server + " does not respond";
                }
                case SSLException _ -> {
                    return "the TLS connection to " + server + " failed: " + own(causes.getLast()) + ". Check "
                            + TLS_KEY + ".ca";
                }
                default -> {}
            }
        }
        return server + " cannot be reached: is it running?";
    }

    private static String ofSqlite(SQLiteException failure, DatabaseAddress address) {
        String file = address instanceof DatabaseAddress.Sqlite sqlite ? "'" + sqlite.file() + "'" : "of the plugin";
        return switch (failure.getResultCode()) {
            case SQLITE_NOTADB -> "the file " + file + " is not a database of SQLite";
            case SQLITE_CORRUPT -> "the database " + file + " is damaged: restore a backup";
            case SQLITE_CANTOPEN -> "the file " + file + " cannot be opened: check its path and its permissions";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process has locked the database " + file;
            case SQLiteErrorCode _ -> own(failure);
        };
    }

    /** The driver's own text, on one line and without credentials. */
    private static String own(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return Redaction.of(text.lines().findFirst().orElse("").strip());
    }

    /** The failure and its causes, outermost first. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
