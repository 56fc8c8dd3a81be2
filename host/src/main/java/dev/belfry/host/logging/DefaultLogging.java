package dev.belfry.host.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Logging to standard error at INFO, unless there is a logback configuration. Logback finds this class as a service and would log
 * at DEBUG without it. The configuration is Java code because reading XML loads 400 more classes at start.
 */
public final class DefaultLogging extends ContextAwareBase implements Configurator {

    private static final String FILE_PROPERTY = "logback.configurationFile";
    private static final List<String> FILES = List.of("logback-test.xml", "logback.xml");
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{20} %X{plugin} - %msg%traceIds%n%ex";

    private static final Map<String, Level> QUIET = Map.ofEntries(
            // The host says in its own words why a connection fails.
            Map.entry("com.zaxxer.hikari", Level.ERROR),
            Map.entry("org.postgresql", Level.OFF),
            Map.entry("com.github.kagkarlsson.scheduler", Level.WARN),
            Map.entry("org.flywaydb", Level.WARN),
            Map.entry("org.eclipse.jetty", Level.WARN),
            // It warns with the text of each invalid Host header, which gets a 400 and a line of the access log.
            Map.entry("org.eclipse.jetty.util.HostPort", Level.ERROR),
            Map.entry("io.javalin", Level.WARN),
            Map.entry("org.pf4j", Level.WARN),
            Map.entry("org.casbin", Level.WARN),
            Map.entry("io.opentelemetry", Level.WARN),
            // The command line says once that traces cannot be exported.
            Map.entry("io.opentelemetry.exporter", Level.OFF),
            Map.entry("org.jooq", Level.WARN),
            // It warns when meters are registered again after a replacement of their plugin, which is intended.
            Map.entry("io.micrometer.core.instrument.composite", Level.ERROR));

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasConfiguration()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
        errors.setContext(context);
        errors.setTarget("System.err");
        errors.setEncoder(encoder(context));
        errors.start();
        setLevels(context, Map.of());
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(errors);
        context.putObject(DefaultLogging.class.getName(), errors);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Whether nobody else has configured this context. */
    public static boolean isInForce(LoggerContext context) {
        return context.getObject(DefaultLogging.class.getName()) != null;
    }

    /**
     * Sets the levels of all loggers.
     *
     * @param levels in addition to the default, and in place of it
     */
    public static void setLevels(LoggerContext context, Map<String, Level> levels) {
        Map<String, Level> all = new HashMap<>(QUIET);
        all.put(Logger.ROOT_LOGGER_NAME, Level.INFO);
        all.putAll(levels);
        all.keySet().forEach(context::getLogger);
        context.getLoggerList().forEach(logger -> logger.setLevel(all.get(logger.getName())));
    }

    private static boolean hasConfiguration() {
        ClassLoader classPath = LoggerContext.class.getClassLoader();
        return System.getProperty(FILE_PROPERTY) != null
                || FILES.stream().anyMatch(file -> classPath.getResource(file) != null);
    }

    /** One line for each message; see {@link SafePatterns}. */
    public static PatternLayoutEncoder encoder(LoggerContext context) {
        // Before the pattern is compiled.
        SafePatterns.use();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
