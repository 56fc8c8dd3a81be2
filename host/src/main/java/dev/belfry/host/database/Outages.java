package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.DatabaseUnavailable.Reason;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognizes failures that an unavailable database has caused, as opposed to invalid statements. */
final class Outages {

    /** 57P01 to 57P03: the server is shutting down or starting; 53300: too many clients. */
    private static final Set<String> AWAY_STATES = Set.of("57P01", "57P02", "57P03", "53300");

    /** "Connection exception" in the SQL standard. */
    private static final String CONNECTION_CLASS = "08";

    /** Canceled by the server's statement_timeout, or by an administrator. */
    private static final String QUERY_CANCELED = "57014";

    private static final String DISK_FULL = "53100";
    static final String READ_ONLY_TRANSACTION = "25006";
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String UNDEFINED_DATABASE = "3D000";
    static final String UNDEFINED_TABLE = "42P01";
    static final String UNDEFINED_SCHEMA = "3F000";

    static final String UNDEFINED_FILE = "58P01";

    /** The lowest byte of SQLite's extended result code is the primary code. */
    static final int PRIMARY_CODE = 0xff;

    private Outages() {}

    /**
     * The exception for plugins and logs; empty when there is no outage.
     *
     * @param address null if it is not known
     */
    static Optional<DatabaseUnavailable> of(Throwable failure, @Nullable DatabaseAddress address) {
        return failure instanceof DatabaseUnavailable known
                ? Optional.of(known)
                : reasonOf(failure)
                        .map(reason -> new DatabaseUnavailable(message(failure, reason, address), reason, failure));
    }

    private static String message(Throwable failure, Reason reason, @Nullable DatabaseAddress address) {
        return DatabaseProblem.causes(failure).stream()
                .filter(DatabaseUnavailable.class::isInstance)
                .findFirst()
                .map(known -> String.valueOf(known.getMessage()))
                .orElseGet(() ->
                        reason.description() + (address == null ? "" : ": " + DatabaseProblem.of(failure, address)));
    }

    /** The reason of the outage that caused a failure; empty when there is none. */
    static Optional<Reason> reasonOf(Throwable failure) {
        return DatabaseProblem.causes(failure).stream()
                .flatMap(cause -> switch (cause) {
                    case DatabaseUnavailable known -> Stream.of(known.reason());
                    case SQLException e -> ofSql(e).stream();
                    default -> Stream.empty();
                })
                .findFirst();
    }

    private static Optional<Reason> ofSql(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return ofSqlite(sqlite.getResultCode());
        }
        if (e instanceof PoolerMisconfigured) {
            return Optional.of(Reason.POOLER_MISCONFIGURED);
        }
        String state = e.getSQLState();
        if (DISK_FULL.equals(state)) {
            return Optional.of(Reason.DISK_FULL);
        }
        if (READ_ONLY_TRANSACTION.equals(state)) {
            return Optional.of(Reason.READ_ONLY);
        }
        if (INSUFFICIENT_PRIVILEGE.equals(state)) {
            return Optional.of(Reason.MISSING_RIGHT);
        }
        if (UNDEFINED_TABLE.equals(state) || UNDEFINED_SCHEMA.equals(state)) {
            return Optional.of(Reason.TABLES_MISSING);
        }
        if (UNDEFINED_FILE.equals(state)) {
            return Optional.of(Reason.UNREADABLE);
        }
        if (QUERY_CANCELED.equals(state)) {
            return Optional.of(Reason.STATEMENT_TIMEOUT);
        }
        if (e instanceof SQLTransientConnectionException) {
            if (e.getCause() instanceof PoolerMisconfigured) {
                return Optional.of(Reason.POOLER_MISCONFIGURED);
            }
            // HikariCP sets a cause when connecting failed, and none when the pool is exhausted.
            return switch (e.getCause()) {
                case null -> Optional.of(Reason.BUSY);
                // A file that is no database does not become one.
                case SQLiteException sqlite -> ofSqlite(sqlite.getResultCode());
                default -> Optional.of(Reason.AWAY);
            };
        }
        boolean away = e instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith(CONNECTION_CLASS) || AWAY_STATES.contains(state)));
        return away ? Optional.of(Reason.AWAY) : Optional.empty();
    }

    private static Optional<Reason> ofSqlite(SQLiteErrorCode code) {
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE)) {
            case SQLITE_FULL -> Optional.of(Reason.DISK_FULL);
            case SQLITE_READONLY -> Optional.of(Reason.READ_ONLY);
            case SQLITE_IOERR, SQLITE_CANTOPEN -> Optional.of(Reason.UNREADABLE);
            case SQLITE_BUSY -> Optional.of(Reason.BUSY);
            case SQLITE_INTERRUPT -> Optional.of(Reason.STATEMENT_TIMEOUT);
            default -> Optional.empty();
        };
    }
}
