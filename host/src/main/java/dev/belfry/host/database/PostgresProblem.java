package dev.belfry.host.database;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** As {@link DatabaseProblem}, for PostgreSQL: by the SQL state. */
final class PostgresProblem {

    /** The driver translates it to the language of the JVM. */
    private static final String NO_TLS = GT.tr("The server does not support SSL.");

    private static final String TLS_KEY = "backend.database.connection.ssl";

    /** The name of a table in an error of the server, with the quotes of its languages. */
    private static final Pattern QUOTED = Pattern.compile("[\"»«„“「『]\\s?([^\"»«„“”」』]+?)\\s?[\"»«“”」』]");

    /** The function of the server that reports a missing client certificate. */
    private static final String AUTHENTICATION = "ClientAuthentication";

    /** The function of the server that checks right and limit of connections to a database. */
    private static final String DATABASE_ENTRY = "CheckMyDatabase";

    /** The function of the server that checks the limit of connections of a role. */
    private static final String USER_ENTRY = "InitializeSessionUserId";

    private final List<Throwable> causes;
    private final DatabaseAddress.Postgres address;
    private final String server;

    /** @param causes of the failure, outermost first */
    PostgresProblem(List<Throwable> causes, DatabaseAddress.Postgres address) {
        this.causes = causes;
        this.address = address;
        this.server = "PostgreSQL at " + address.server();
    }

    /** @return empty if the state has no sentence */
    Optional<String> of(SQLException failure) {
        return Optional.ofNullable(
                switch (String.valueOf(failure.getSQLState())) {
                    case "08001", "08006" -> unreachable();
                    case "08004" ->
                        NO_TLS.equals(failure.getMessage())
                                ? server
                                        + " does not offer TLS: turn on ssl in postgresql.conf, or connect without it: remove "
                                        + TLS_KEY + ", or sslmode of the URL"
                                : server + " asks for a password of the user '" + address.user()
                                        + "': set backend.database.connection.password";
                    case "28P01" -> server + " rejects the password of the user '" + address.user() + "'";
                    case "28000" -> refused(failure);
                    case Outages.UNDEFINED_DATABASE ->
                        "the database '" + address.database() + "' does not exist on " + address.server()
                                + ": correct its name in backend.database, or run as an administrator: create database "
                                + identifier(address.database()) + " owner " + identifier(address.user())
                                + " template template0 encoding 'UTF8'";
                    case Outages.READ_ONLY_TRANSACTION ->
                        "the database '" + address.database() + "' on " + address.server()
                                + " is read-only: it is a standby, or default_transaction_read_only is on. Run ./belfry"
                                + " doctor, which says what to do";
                    case Outages.INSUFFICIENT_PRIVILEGE -> lacksRight(failure);
                    case Outages.UNDEFINED_TABLE, Outages.UNDEFINED_SCHEMA -> missing(failure);
                    case "53100" -> "the disk of " + server + " is full";
                    case "57014" ->
                        "it took longer than belfry.database.statementTimeout, or an administrator has canceled it";
                    case "53300" -> tooManyConnections(failure);
                    case "57P01", "57P02" -> server + " is stopping";
                    case "57P03" -> server + " is starting or stopping";
                    default -> null;
                });
    }

    private String lacksRight(SQLException failure) {
        if (DATABASE_ENTRY.equals(routine(failure))) {
            return "the user '" + address.user() + "' may not connect to the database '" + address.database() + "' on "
                    + address.server() + ". Run as an administrator: grant connect on database "
                    + identifier(address.database()) + " to " + identifier(address.user());
        }
        return "the user '" + address.user() + "' lacks a right in the database '" + address.database() + "'"
                + quoted(failure) + ". Run ./belfry doctor, which names the missing grant";
    }

    private String tooManyConnections(SQLException failure) {
        String remedy = switch (String.valueOf(routine(failure))) {
            case DATABASE_ENTRY -> "alter database " + identifier(address.database()) + " connection limit -1";
            case USER_ENTRY -> "alter role " + identifier(address.user()) + " connection limit -1";
            default -> "";
        };
        return remedy.isEmpty()
                ? server + " accepts no more connections: raise max_connections there, or lower knexConfig.pool.max"
                : server + " accepts no more connections of the user '" + address.user() + "' to the database '"
                        + address.database() + "': run as an administrator: " + remedy
                        + ", or lower knexConfig.pool.max";
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The server uses one state for several reasons. Its text can be in any language, but the name of a file or a function is not. */
    private String refused(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean namesRules = message.contains("pg_hba.conf");
        if (!namesRules && (message.contains("certificate") || AUTHENTICATION.equals(routine(failure)))) {
            return server + " demands a client certificate for the user '" + address.user()
                    + "', with that common name: set " + TLS_KEY + ".cert and " + TLS_KEY + ".key";
        }
        // An encrypted connection is named as such, by an abbreviation.
        boolean isUnencrypted = namesRules && !message.contains("SSL") && !message.contains("GSS");
        return server + " does not admit the user '" + address.user() + "' to the database '" + address.database()
                + "': create the role, or add a line for it to pg_hba.conf"
                + (isUnencrypted ? ", or set " + TLS_KEY + " if it demands TLS" : "");
    }

    /** The function of the server that has failed; null if it is not known. */
    private static @Nullable String routine(SQLException failure) {
        @Nullable ServerErrorMessage message = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        return message == null ? null : message.getRoutine();
    }

    private String unreachable() {
        for (Throwable cause : causes) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return "the host '" + address.host() + "' of the database is unknown";
                }
                case SocketTimeoutException _ -> {
                    return server + " does not respond";
                }
                default -> {}
            }
        }
        return new TlsProblem(causes, address)
                .sentence()
                .orElse(server + " cannot be reached: check that it is running");
    }

    private String missing(SQLException failure) {
        Matcher name = QUOTED.matcher(String.valueOf(failure.getMessage()));
        return "the table " + (name.find() ? "'" + name.group(1) + "'" : "of a statement") + " is missing in "
                + (address.schema() == null ? "" : "the schema '" + address.schema() + "' of ") + "the database '"
                + address.database() + "': restore a backup. If the whole schema was dropped, a restart of the host"
                + " creates empty tables";
    }

    /** The server's own words name the object of the statement. */
    private static String quoted(SQLException failure) {
        @Nullable ServerErrorMessage message = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        return message == null ? "" : " (\"" + message.getMessage() + "\")";
    }
}
