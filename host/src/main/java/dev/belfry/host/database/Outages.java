package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.DatabaseUnavailable.Reason;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
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
    private static final String READ_ONLY_TRANSACTION = "25006";

    /** The lowest byte of SQLite's extended result code is the primary code. */
    private static final int PRIMARY_CODE = 0xff;

    private Outages() {}

    /** The exception for plugins; empty when there is no outage. */
    static Optional<DatabaseUnavailable> of(Throwable failure, DatabaseAddress address) {
        return failure instanceof DatabaseUnavailable known
                ? Optional.of(known)
                : reasonOf(failure)
                        .map(reason -> new DatabaseUnavailable(
                                reason.description() + ": " + DatabaseProblem.of(failure, address), reason, failure));
    }

    /** The reason of the outage that caused a failure; empty when there is none. */
    static Optional<Reason> reasonOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseUnavailable known) {
                return Optional.of(known.reason());
            }
            if (cause instanceof SQLException e) {
                Optional<Reason> reason = ofSql(e);
                if (reason.isPresent()) {
                    return reason;
                }
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return Optional.empty();
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
        if (QUERY_CANCELED.equals(state)) {
            return Optional.of(Reason.STATEMENT_TIMEOUT);
        }
        if (e instanceof SQLTransientConnectionException) {
            if (e.getCause() instanceof PoolerMisconfigured) {
                return Optional.of(Reason.POOLER_MISCONFIGURED);
            }
            // HikariCP sets a cause when connecting failed, and none when the pool is exhausted.
            return Optional.of(e.getCause() == null ? Reason.BUSY : Reason.AWAY);
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
