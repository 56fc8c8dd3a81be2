package dev.belfry.host.lifecycle;

/**
 * One life of one plugin, from its start to its stop.
 *
 * @param name unique, such as {@code notifications#3}
 */
public record Generation(
        String name, Candidate candidate, LinkedContracts linked, PluginCode code, PluginBoundary boundary, Registrations registrations, InFlightRequests inFlight) {

    public Descriptor descriptor() {
        return candidate.descriptor();
    }
}
