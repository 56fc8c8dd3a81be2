package dev.belfry.host.catalog;

/**
 * The text of a file at a URL.
 *
 * @param tag the ETag of the response; empty if it had none
 */
record RemoteCopy(String tag, String text) {}
