package dev.belfry.host.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Logback converter: writes a message on one line. */
public final class SafeMessage extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return LogEscaping.of(String.valueOf(event.getFormattedMessage()));
    }
}
