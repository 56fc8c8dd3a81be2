package dev.belfry.host.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Map;

/** Logback converter: the trace and the span of a line, for lines that have one. */
public final class TraceIds extends ClassicConverter {

    private static final String TRACE = "trace_id";
    private static final String SPAN = "span_id";

    @Override
    public String convert(ILoggingEvent event) {
        Map<String, String> context = event.getMDCPropertyMap();
        String trace = context.get(TRACE);
        String span = context.get(SPAN);
        return trace == null || span == null
                ? ""
                : " " + TRACE + "=" + LogEscaping.of(trace) + " " + SPAN + "=" + LogEscaping.of(span);
    }
}
