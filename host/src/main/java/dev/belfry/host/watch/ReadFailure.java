package dev.belfry.host.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that cannot be read at present. The log says so when it begins, changes and ends; readiness, for as long as it lasts. */
final class ReadFailure {

    private static final Logger LOG = LoggerFactory.getLogger(ReadFailure.class);

    private final String what;
    private final Object where;
    private volatile @Nullable String reason;

    /**
     * @param what for everybody, such as "the plugin folder 'plugins'"
     * @param where for the log
     */
    ReadFailure(String what, Object where) {
        this.what = what;
        this.where = where;
    }

    void begins(String now) {
        if (!now.equals(reason)) {
            reason = now;
            LOG.warn("{} cannot be read: {} ({}). What was read of it before stays in force", what, now, where);
        }
    }

    void ends() {
        if (reason != null) {
            reason = null;
            LOG.info("{} can be read again ({})", what, where);
        }
    }

    boolean isThere() {
        return reason != null;
    }

    Optional<String> text() {
        return Optional.ofNullable(reason).map(now -> what + " cannot be read: " + now);
    }
}
