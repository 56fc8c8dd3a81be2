package dev.belfry.host.database;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** As {@link DatabaseProblem}, for SQLite: by the result code. */
final class SqliteProblem {

    private SqliteProblem() {}

    static String of(SQLiteException failure, DatabaseAddress address) {
        String file = address instanceof DatabaseAddress.Sqlite sqlite ? "'" + sqlite.file() + "'" : "of the plugin";
        if (failure.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_DIRECTORY) {
            return "the folder of the database " + file
                    + " cannot be written, and SQLite needs a journal in it: give the"
                    + " host's user the right to write there";
        }
        return switch (SQLiteErrorCode.getErrorCode(failure.getResultCode().code & Outages.PRIMARY_CODE)) {
            case SQLITE_NOTADB -> "the file " + file + " is not a database of SQLite";
            case SQLITE_READONLY ->
                "the database " + file + " cannot be written: give the host's user the right to write the file and its"
                        + " folder";
            case SQLITE_FULL -> "the disk of the database " + file + " is full";
            case SQLITE_IOERR -> "the database " + file + " cannot be read or written: check its disk";
            case SQLITE_CANTOPEN -> "the file " + file + " cannot be opened: check its path and its permissions";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process has locked the database " + file;
            case SQLITE_CORRUPT -> "the database " + file + " is damaged: restore a backup";
            default -> DatabaseProblem.own(failure);
        };
    }
}
