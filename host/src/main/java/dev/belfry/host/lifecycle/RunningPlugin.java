package dev.belfry.host.lifecycle;

import dev.belfry.api.Plugin;
import java.time.Duration;

/**
 * A generation that serves.
 *
 * @param candidate what it came from; the same content may have another file by now
 * @param startedIn how long its start took
 */
record RunningPlugin(
        Candidate candidate, Generation generation, Plugin plugin, Environment.Session session, Duration startedIn) {

    Descriptor descriptor() {
        return candidate.descriptor();
    }

    RunningPlugin from(Candidate same) {
        return new RunningPlugin(same, generation, plugin, session, startedIn);
    }
}
