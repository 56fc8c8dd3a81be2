package dev.belfry.cli;

import dev.belfry.host.logging.LogEscaping;

/**
 * One result of {@code belfry doctor}.
 *
 * @param what the subject, such as {@code data directory}
 * @param message the result, or what to do
 */
record Diagnostic(String what, boolean ok, String message) {

    Diagnostic {
        message = LogEscaping.of(message);
    }

    static Diagnostic well(String what, String message) {
        return new Diagnostic(what, true, message);
    }

    static Diagnostic ill(String what, String message) {
        return new Diagnostic(what, false, message);
    }

    String line() {
        return (ok ? "ok    " : "WRONG ") + what + ": " + message;
    }
}
