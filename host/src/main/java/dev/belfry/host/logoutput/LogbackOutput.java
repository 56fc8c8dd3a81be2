package dev.belfry.host.logoutput;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.util.FileSize;
import dev.belfry.host.logging.DefaultLogging;
import dev.belfry.host.settings.LogSettings;
import dev.belfry.host.settings.LogSettings.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code log} of the configuration in Logback. */
final class LogbackOutput {

    private static final String APPENDER = "belfry";

    private final LoggerContext context;

    LogbackOutput(LoggerContext context) {
        this.context = context;
    }

    /** Empty if the process has a Logback configuration of its own. */
    static Optional<LogbackOutput> ofProcess() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context && DefaultLogging.isInForce(context)
                ? Optional.of(new LogbackOutput(context))
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
                .orElseGet(LogbackOutput::console);
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
        LogOutput.requireWritable(file.path());
        RollingFileAppender<ILoggingEvent> appender = new OwnerOnlyAppender();
        appender.setFile(file.path().toString());
        OwnerOnlyArchives policy = new OwnerOnlyArchives();
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

    /** Logback creates files with the permissions of the umask, also after a rotation. */
    private static final class OwnerOnlyAppender extends RollingFileAppender<ILoggingEvent> {
        @Override
        public void openFile(String file) throws IOException {
            LogOutput.createIfMissing(Path.of(file));
            super.openFile(file);
        }
    }

    /** {@code belfry.log} becomes {@code belfry.2026-01-31.0.log.gz}. */
    private static String rotated(Path path) {
        String name = Objects.requireNonNull(path.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        String base = dot < 1 ? name : name.substring(0, dot);
        String end = dot < 1 ? "" : name.substring(dot);
        return path.resolveSibling(base) + ".%d{yyyy-MM-dd}.%i" + end + ".gz";
    }
}
