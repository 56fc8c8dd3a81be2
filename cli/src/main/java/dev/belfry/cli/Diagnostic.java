package dev.belfry.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.belfry.host.logging.LogEscaping;

/**
 * One result of {@code belfry doctor}.
 *
 * @param what the subject, such as {@code data directory}
 * @param message the result, or what to do
 */
record Diagnostic(String what, Level level, String message) {

    enum Level {
        OK,
        /** A start logs it as a warning. */
        WARN,
        /** Something must be done. */
        WRONG
    }

    Diagnostic {
        message = LogEscaping.of(message);
    }

    static Diagnostic well(String what, String message) {
        return new Diagnostic(what, Level.OK, message);
    }

    static Diagnostic warning(String what, String message) {
        return new Diagnostic(what, Level.WARN, message);
    }

    static Diagnostic ill(String what, String message) {
        return new Diagnostic(what, Level.WRONG, message);
    }

    @JsonProperty
    boolean ok() {
        return level != Level.WRONG;
    }

    String line() {
        return "%-5s %s: %s".formatted(level == Level.OK ? "ok" : level.name(), what, message);
    }
}
