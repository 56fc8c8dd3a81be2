package dev.belfry.host.lifecycle;

import java.util.HashSet;
import java.util.Set;

/** The paths of plugins that are expected and do not run yet: requests for them get 503 instead of 404. */
final class WaitingPaths {

    private final Environment environment;
    private final Set<String> announced = new HashSet<>();

    WaitingPaths(Environment environment) {
        this.environment = environment;
    }

    /** @param expected ids of all plugins that are expected now */
    void update(Set<String> expected) {
        announced.stream().filter(id -> !expected.contains(id)).forEach(environment::withdrawWaiting);
        expected.stream().filter(id -> !announced.contains(id)).forEach(environment::announceWaiting);
        announced.clear();
        announced.addAll(expected);
    }
}
