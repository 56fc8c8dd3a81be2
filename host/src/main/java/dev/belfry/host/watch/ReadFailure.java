package dev.belfry.host.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of something that cannot be read at the moment. Logged when it begins, changes and ends; readiness reports
 * it meanwhile.
 */
final class ReadFailure {

    private static final Logger LOG = LoggerFactory.getLogger(ReadFailure.class);

    private final String what;
    private final Object where;
    private volatile @Nullable String reason;

    /**
     * @param what public name, such as "the plugin folder 'plugins'"
     * @param where the path, for the log only
     */
    ReadFailure(String what, Object where) {
        this.what = what;
        this.where = where;
    }

    void begins(String now) {
        if (!now.equals(reason)) {
            reason = now;
            LOG.warn("{} cannot be read: {} ({}). Content that was read before stays in use", what, now, where);
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
