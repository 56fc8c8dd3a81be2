package dev.belfry.plugins.directory;

import dev.belfry.api.health.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the host from being ready until there is a state of the directory. The host asks once before the plugin serves, and would fail the
 * start: the plugin has to run to read the directory, so that question always succeeds.
 */
final class FirstRead implements HealthCheck {

    private final Supplier<Optional<String>> problem;
    private boolean asked;

    /** @param problem empty = there is a state */
    FirstRead(Supplier<Optional<String>> problem) {
        this.problem = problem;
    }

    @Override
    public synchronized void check() {
        Optional<String> current = problem.get();
        if (asked && current.isPresent()) {
            throw new IllegalStateException(current.get());
        }
        asked = true;
    }
}
