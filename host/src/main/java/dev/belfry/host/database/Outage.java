package dev.belfry.host.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Temporary outages of a database, as opposed to invalid statements. */
enum Outage {
    AWAY("the database is away"),
    BUSY("all connections to the database are in use"),
    FULL("the disk of the database is full"),
    READ_ONLY("the database can be read, but not written to"),
    UNREADABLE("the file of the database cannot be read or written"),
    SHARED("a pooler does not keep a session of the database for each connection"),
    CUT_OFF("a statement took the database too long, and was cut off");

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

    private final String message;

    Outage(String message) {
        this.message = message;
    }

    /** Description for clients. */
    String message() {
        return message;
    }

    /** Whether waiting may help. A shared pooler session needs a configuration change. */
    boolean isPassing() {
        return this != SHARED;
    }

    /** The outage that caused a failure; empty when there is none. */
    static Optional<Outage> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                Optional<Outage> outage = ofSql(e);
                if (outage.isPresent()) {
                    return outage;
                }
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return Optional.empty();
    }

    private static Optional<Outage> ofSql(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return ofSqlite(sqlite.getResultCode());
        }
        if (e instanceof PoolerMisconfigured) {
            return Optional.of(SHARED);
        }
        String state = e.getSQLState();
        if (DISK_FULL.equals(state)) {
            return Optional.of(FULL);
        }
        if (READ_ONLY_TRANSACTION.equals(state)) {
            return Optional.of(READ_ONLY);
        }
        if (QUERY_CANCELED.equals(state)) {
            return Optional.of(CUT_OFF);
        }
        if (e instanceof SQLTransientConnectionException) {
            if (e.getCause() instanceof PoolerMisconfigured) {
                return Optional.of(SHARED);
            }
            // HikariCP sets a cause when connecting failed, and none when the pool is exhausted.
            return Optional.of(e.getCause() == null ? BUSY : AWAY);
        }
        boolean away = e instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith(CONNECTION_CLASS) || AWAY_STATES.contains(state)));
        return away ? Optional.of(AWAY) : Optional.empty();
    }

    private static Optional<Outage> ofSqlite(SQLiteErrorCode code) {
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE)) {
            case SQLITE_FULL -> Optional.of(FULL);
            case SQLITE_READONLY -> Optional.of(READ_ONLY);
            case SQLITE_IOERR, SQLITE_CANTOPEN -> Optional.of(UNREADABLE);
            case SQLITE_BUSY -> Optional.of(BUSY);
            case SQLITE_INTERRUPT -> Optional.of(CUT_OFF);
            default -> Optional.empty();
        };
    }
}
