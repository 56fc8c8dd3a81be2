package dev.belfry.notifications.jooq;

/**
 * A step of a plan whose cost grows with a table.
 *
 * @param during description of the call
 * @param how in the words of the database
 */
record Scan(String during, String table, String how, String sql) {

    /** Shortens the SQL, so that a failure is readable. */
    Scan {
        sql = sql.length() <= 600 ? sql : sql.substring(0, 600) + " ...";
    }
}
