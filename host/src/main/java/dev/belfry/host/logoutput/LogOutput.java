package dev.belfry.host.logoutput;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.UnusableFolder;
import dev.belfry.host.logging.DefaultLogging;
import dev.belfry.host.settings.LogSettings;
import dev.belfry.host.settings.LogSettings.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@code log} of the configuration to the process, also while it runs. A Logback configuration of an operator or of an embedding
 * application has precedence.
 */
public final class LogOutput {

    private static final Logger LOG = LoggerFactory.getLogger(LogOutput.class);
    private static final String APPENDER = "belfry";

    private final LoggerContext context;

    LogOutput(LoggerContext context) {
        this.context = context;
    }

    /** @throws ConfigurationException if the file cannot be written; the previous output stays */
    public static void apply(LogSettings settings) {
        Optional<LoggerContext> own = ofProcess();
        if (own.isPresent()) {
            new LogOutput(own.get()).use(settings);
        } else if (settings.format() != LogSettings.Format.TEXT
                || settings.file().isPresent()
                || !settings.levels().isEmpty()) {
            LOG.warn(
                    "log.format, log.levels and log.file have no effect: the process has a logging configuration of its own");
        }
    }

    /** @throws ConfigurationException if the file cannot be written */
    public static void check(LogSettings settings) {
        settings.file().ifPresent(file -> requireWritable(file.path()));
    }

    /** Whether lines that a program may read go elsewhere than plain text on standard error. */
    public static boolean isForPrograms(LogSettings settings) {
        return ofProcess().isPresent()
                && (settings.format() == LogSettings.Format.JSON
                        || settings.file().isPresent());
    }

    private static Optional<LoggerContext> ofProcess() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context && DefaultLogging.isInForce(context)
                ? Optional.of(context)
                : Optional.empty();
    }

    void use(LogSettings settings) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        OutputStreamAppender<ILoggingEvent> next = appender(settings);
        List<Appender<ILoggingEvent>> before = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(before::add);
        root.addAppender(next);
        before.forEach(appender -> {
            root.detachAppender(appender);
            appender.stop();
        });
        Map<String, Level> levels = new HashMap<>();
        settings.levels()
                .forEach((name, level) -> levels.put(
                        name.equals(LogSettings.ROOT) ? Logger.ROOT_LOGGER_NAME : name, Level.toLevel(level.name())));
        DefaultLogging.setLevels(context, levels);
    }

    private OutputStreamAppender<ILoggingEvent> appender(LogSettings settings) {
        OutputStreamAppender<ILoggingEvent> appender = settings.file()
                .<OutputStreamAppender<ILoggingEvent>>map(this::file)
                .orElseGet(LogOutput::console);
        appender.setName(APPENDER);
        appender.setContext(context);
        appender.setEncoder(encoder(settings.format()));
        appender.start();
        return appender;
    }

    private static ConsoleAppender<ILoggingEvent> console() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        return console;
    }

    private Encoder<ILoggingEvent> encoder(LogSettings.Format format) {
        if (format == LogSettings.Format.TEXT) {
            return DefaultLogging.encoder(context);
        }
        EcsEncoder encoder = new EcsEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private RollingFileAppender<ILoggingEvent> file(LogFile file) {
        requireWritable(file.path());
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file.path().toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(rotated(file.path()));
        policy.setMaxFileSize(new FileSize(file.maxSize()));
        policy.setMaxHistory((int) file.keepFor().toDays());
        policy.setTotalSizeCap(new FileSize(file.keepSize()));
        policy.start();
        appender.setRollingPolicy(policy);
        return appender;
    }

    /** {@code belfry.log} becomes {@code belfry.2026-01-31.0.log.gz}. */
    private static String rotated(Path path) {
        String name = Objects.requireNonNull(path.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        String base = dot < 1 ? name : name.substring(0, dot);
        String end = dot < 1 ? "" : name.substring(dot);
        return path.resolveSibling(base) + ".%d{yyyy-MM-dd}.%i" + end + ".gz";
    }

    /** Logback would report it to nobody, and log nothing. */
    private static void requireWritable(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("log.file.path: " + path + " cannot be written: " + UnusableFolder.reason(path, e)));
        }
    }
}
