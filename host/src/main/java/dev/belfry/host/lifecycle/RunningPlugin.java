package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.time.Duration;

/**
 * A generation that serves.
 *
 * @param candidate its source; the same content may be in another file now
 * @param startedIn duration of its start
 */
record RunningPlugin(
        Candidate candidate, Generation generation, Plugin plugin, Environment.Session session, Duration startedIn) {

    String id() {
        return descriptor().id();
    }

    Descriptor descriptor() {
        return candidate.descriptor();
    }

    RunningPlugin from(Candidate same) {
        return new RunningPlugin(same, generation, plugin, session, startedIn);
    }
}
