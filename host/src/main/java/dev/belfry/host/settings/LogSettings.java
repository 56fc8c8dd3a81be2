package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Dotted;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code log}: the log of the process.
 *
 * @param levels by logger; {@code root} = all others
 * @param file empty = standard error
 * @param probes whether the access log has successful requests of liveness and readiness
 */
public record LogSettings(
        @Default("text") Format format,
        @Dotted Map<String, Level> levels,
        Optional<LogFile> file,
        @Default("true") boolean probes) {

    public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Map.of(), Optional.empty(), true);

    /** Key of the level of all loggers that have none of their own. */
    public static final String ROOT = "root";

    public enum Format {
        /** One line for people, stack traces on lines of their own. */
        TEXT,
        /** One JSON object on each line, with the fields of the Elastic Common Schema. */
        JSON
    }

    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    /**
     * A file in place of standard error. A new one begins each day and at {@code maxSize}.
     *
     * @param maxSize number of bytes of one file
     * @param keepFor how long previous files are kept, in whole days
     * @param keepSize number of bytes of all previous files
     */
    public record LogFile(
            Path path,

            @Default("104857600") @Range(min = 65_536, max = MAX_SIZE)
            long maxSize,

            @Default("P30D") @DurationRange(min = "P1D", max = "P3650D")
            Duration keepFor,

            @Default("1073741824") @Range(min = 65_536, max = MAX_SIZE)
            long keepSize)
            implements Checked {

        private static final long MAX_SIZE = 1L << 40;

        /** Logback has patterns with this character. */
        @Override
        public void check(Checks checks) {
            if (path.toString().contains("%")) {
                checks.fault("path", "cannot contain '%'");
            }
        }
    }
}
