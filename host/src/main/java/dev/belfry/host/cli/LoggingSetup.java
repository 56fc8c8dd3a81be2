package dev.belfry.host.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.belfry.host.logging.SafePatterns;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The logs of the command line: to standard error, unless the JVM is told of a file. It is said in Java, since reading XML
 * needs 400 classes that nothing else in a start needs.
 */
final class LoggingSetup {

    private static final String FILE = "logback.configurationFile";
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{20} %X{plugin} - %msg%n%ex";

    private static final Map<String, Level> QUIET = Map.of(
            "com.zaxxer.hikari", Level.WARN,
            "org.flywaydb", Level.WARN,
            "org.eclipse.jetty", Level.WARN,
            "io.javalin", Level.WARN,
            "org.pf4j", Level.WARN,
            "org.casbin", Level.WARN,
            "org.jooq", Level.WARN,
            // It warns where a plugin's meters are registered anew after a replacement: that is meant.
            "io.micrometer.core.instrument", Level.ERROR);

    static {
        // Also for patterns of a file that the operator names: before logback reads it.
        SafePatterns.use();
    }

    private LoggingSetup() {}

    static void configure() {
        // PostgreSQL's driver writes to java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (System.getProperty(FILE) == null) {
            writeTo((LoggerContext) LoggerFactory.getILoggerFactory());
        }
    }

    private static void writeTo(LoggerContext context) {
        context.reset();
        ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
        errors.setContext(context);
        errors.setTarget("System.err");
        errors.setEncoder(encoder(context));
        errors.start();
        QUIET.forEach((name, level) -> context.getLogger(name).setLevel(level));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(errors);
    }

    static PatternLayoutEncoder encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
