package dev.belfry.notifications.jooq;

/**
 * A plan's step that costs what a table holds.
 *
 * @param during what was asked of the store
 * @param how in the database's own words
 */
record Scan(String during, String table, String how, String sql) {

    /** Cut short, so that a failure can be read. */
    Scan {
        sql = sql.length() <= 600 ? sql : sql.substring(0, 600) + " ...";
    }
}
