package dev.belfry.host.lifecycle;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The paths of plugins that should run and do not: requests for them get 503 with the reason instead of 404. */
final class UnavailablePaths {

    private final Environment environment;
    private final Map<String, Unavailability> announced = new HashMap<>();

    UnavailablePaths(Environment environment) {
        this.environment = environment;
    }

    /** @param now all plugins that should run and do not, by id */
    void update(Map<String, Unavailability> now) {
        Set.copyOf(announced.keySet()).stream()
                .filter(id -> !now.containsKey(id))
                .forEach(environment::withdrawUnavailable);
        now.forEach((id, why) -> {
            if (!why.equals(announced.get(id))) {
                environment.announceUnavailable(id, why);
            }
        });
        announced.clear();
        announced.putAll(now);
    }
}
