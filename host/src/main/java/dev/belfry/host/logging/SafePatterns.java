package dev.belfry.host.logging;

import ch.qos.logback.classic.PatternLayout;
import java.util.List;

/**
 * Makes all logback patterns escape messages and stack traces: the host's own pattern, and the patterns of an operator's
 * configuration. They can also contain {@code %traceIds}.
 */
public final class SafePatterns {

    private static final List<String> MESSAGES = List.of("m", "msg", "message");

    /** Logback appends "ex" to a pattern without a stack trace. */
    private static final List<String> TRACES =
            List.of("ex", "exception", "throwable", "rEx", "rootException", "xEx", "xException", "xThrowable");

    private SafePatterns() {}

    /** Call before anything is logged: a compiled pattern keeps its converters. */
    public static void use() {
        PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("traceIds", TraceIds::new);
        MESSAGES.forEach(word -> PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, SafeMessage::new));
        TRACES.forEach(word -> PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, SafeTrace::new));
    }
}
