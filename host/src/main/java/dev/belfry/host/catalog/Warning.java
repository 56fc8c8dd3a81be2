package dev.belfry.host.catalog;

/**
 * A problem in one file.
 *
 * @param line from 1; 0 = the whole file
 */
record Warning(int line, String text) {

    /** In place of those beyond the number that is shown. */
    static final Warning COUNTED = new Warning(0, "");
}
