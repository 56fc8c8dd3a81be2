package dev.belfry.host.tracing;

/**
 * A statement as a span shows it.
 *
 * @param text without values
 * @param summary the operation and the first table, such as {@code select notification}
 */
public record StatementText(String text, String summary) {}
