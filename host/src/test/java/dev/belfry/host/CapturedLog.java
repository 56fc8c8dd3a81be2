package dev.belfry.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Captures the log messages of a class. */
public final class CapturedLog {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Level> levels = new CopyOnWriteArrayList<>();
    private final AtomicInteger stackTraces = new AtomicInteger();

    public static CapturedLog of(Class<?> source) {
        return of(source.getName());
    }

    /** Includes INFO, which the tests' log configuration omits. */
    public static CapturedLog ofInfo(String logger) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger(logger)).setAdditive(false);
        return of(logger);
    }

    public static CapturedLog of(String logger) {
        CapturedLog captured = new CapturedLog();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                captured.levels.add(event.getLevel());
                captured.messages.add(event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    captured.stackTraces.incrementAndGet();
                }
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(logger)).addAppender(appender);
        return captured;
    }

    /** Number of messages with a stack trace. */
    public int stackTraces() {
        return stackTraces.get();
    }

    public List<String> messages() {
        return messages;
    }

    /** The level of each message. */
    public List<Level> levels() {
        return levels;
    }
}
