package dev.belfry.host.logging;

import ch.qos.logback.classic.PatternLayout;
import java.util.List;

/**
 * Makes every pattern of logback write messages and stack traces so that nobody forges a line: the host's own pattern, and those of
 * a configuration that the operator names.
 */
public final class SafePatterns {

    private static final List<String> MESSAGES = List.of("m", "msg", "message");

    /** Logback adds a trace to a pattern that has none; it takes "ex" for it. */
    private static final List<String> TRACES =
            List.of("ex", "exception", "throwable", "rEx", "rootException", "xEx", "xException", "xThrowable");

    private SafePatterns() {}

    /** Before anything is logged: a pattern that is in use keeps what it has. */
    public static void use() {
        MESSAGES.forEach(word -> PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, SafeMessage::new));
        TRACES.forEach(word -> PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, SafeTrace::new));
    }
}
