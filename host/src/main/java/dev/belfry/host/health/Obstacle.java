package dev.belfry.host.health;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.logging.Redaction;

/**
 * Why the host is not ready.
 *
 * @param reason for everybody: no name of a server, user or file of the database
 * @param details for the log, and for callers who may see plugins
 */
record Obstacle(String reason, String details) {

    static Obstacle of(String text) {
        return new Obstacle(text, text);
    }

    /** @param check the plugin and the name of the check */
    static Obstacle of(String check, Throwable failure) {
        String reason = failure instanceof DatabaseUnavailable database
                ? database.reason().description()
                : "fails";
        return new Obstacle(check + ": " + reason, check + ": " + message(failure));
    }

    static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : Redaction.of(failure.getMessage());
    }
}
