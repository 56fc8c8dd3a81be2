package dev.belfry.host.logoutput;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.UnusableFolder;
import dev.belfry.host.library.OptionalLibrary;
import dev.belfry.host.settings.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@code log} of the configuration to the process, also while it runs. A Logback configuration of an operator or of an embedding
 * application has precedence, and so has another logging library.
 */
public final class LogOutput {

    private static final Logger LOG = LoggerFactory.getLogger(LogOutput.class);

    private LogOutput() {}

    /** @throws ConfigurationException if the file cannot be written; the previous output stays */
    public static void apply(LogSettings settings) {
        Optional<LogbackOutput> own = ofProcess();
        if (own.isPresent()) {
            own.get().use(settings);
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

    private static Optional<LogbackOutput> ofProcess() {
        return OptionalLibrary.isLogbackInUse() ? LogbackOutput.ofProcess() : Optional.empty();
    }

    /** Logback would report it to nobody, and log nothing. */
    static void requireWritable(Path path) {
        try {
            createIfMissing(path);
            Files.newOutputStream(path, StandardOpenOption.APPEND).close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("log.file.path: " + path + " cannot be written: " + UnusableFolder.reason(path, e)));
        }
    }

    /** A present file keeps its permissions: it may be a device, or be shared with a program that reads it. */
    static void createIfMissing(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            OwnerOnlyFiles.createFolder(folder);
        }
        if (Files.notExists(path)) {
            OwnerOnlyFiles.createFile(path);
        }
    }
}
