package dev.belfry.plugins.directory;

import java.util.List;
import org.slf4j.Logger;

/** Logs the entries of a directory that were left out, when they have changed since the last read. */
public final class LeftOutLog {

    private static final int SHOWN = 10;

    private final Logger logger;
    private List<String> last = List.of();

    public LeftOutLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * Logs the warnings, unless they are the same as at the last call.
     *
     * @param warnings one for each entry, with the reason
     */
    public synchronized void report(List<String> warnings) {
        if (warnings.equals(last)) {
            return;
        }
        last = List.copyOf(warnings);
        warnings.stream().limit(SHOWN).forEach(logger::warn);
        if (warnings.size() > SHOWN) {
            logger.warn("{} further entries of the directory are left out", warnings.size() - SHOWN);
        }
    }
}
