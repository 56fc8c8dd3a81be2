package dev.belfry.host.catalog;

/**
 * A problem in one file.
 *
 * @param line from 1; 0 = the whole file
 */
record Warning(int line, String text) {}
