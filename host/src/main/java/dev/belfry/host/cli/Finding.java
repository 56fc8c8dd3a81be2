package dev.belfry.host.cli;

import dev.belfry.host.logging.LogText;

/**
 * One thing that was looked at.
 *
 * @param what such as {@code data directory}
 * @param message what is well, or what to do
 */
record Finding(String what, boolean ok, String message) {

    Finding {
        message = LogText.of(message);
    }

    static Finding well(String what, String message) {
        return new Finding(what, true, message);
    }

    static Finding ill(String what, String message) {
        return new Finding(what, false, message);
    }

    String line() {
        return (ok ? "ok    " : "WRONG ") + what + ": " + message;
    }
}
