package dev.belfry.host.lifecycle;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.MigrationFailed;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed starts: sentences for what an operator can change, with a stack trace for what only the author of the plugin
 * can.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private FailureLog() {}

    static void failed(TrackedCandidate tracked, Refusal refusal) {
        switch (refusal.getCause()) {
            case ConfigurationException wrong -> {
                wrong.faults().forEach(fault -> LOG.error("{} has a wrong configuration: {}", tracked.label(), fault));
                LOG.error(
                        "{} failed. Correct its configuration, and run ./belfry plugins restart {}",
                        tracked.label(),
                        tracked.id());
            }
            // The reason names the script, the database or the place in the code.
            case null ->
                LOG.error(
                        "{} failed: {}{}",
                        tracked.label(),
                        refusal.reason(),
                        refusal.failure()
                                        .filter(FailureClass.CONFIGURATION::equals)
                                        .isPresent()
                                ? ". Correct the configuration, and restart the host"
                                : "");
            case MigrationFailed _,
                    DatabaseUnavailable _,
                    DatabaseNotOpened _,
                    TimeoutException _,
                    ClassNotFoundException _,
                    NoSuchMethodException _ -> LOG.error("{} failed: {}", tracked.label(), refusal.reason());
            default -> LOG.error("{} failed: {}", tracked.label(), refusal.reason(), refusal.getCause());
        }
    }
}
