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
 * Logging of the command line: to standard error, unless the JVM names a configuration file. Configured in code, since
 * the XML parser would load 400 classes at every start.
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
            // It warns when meters are registered again after a plugin replacement, which is intended.
            "io.micrometer.core.instrument", Level.ERROR);

    static {
        // Before logback reads a configuration file of the operator.
        SafePatterns.use();
    }

    private LoggingSetup() {}

    static void configure() {
        // PostgreSQL's driver logs to java.util.logging.
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
