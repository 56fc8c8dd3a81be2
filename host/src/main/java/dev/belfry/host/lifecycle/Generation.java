package dev.belfry.host.lifecycle;

/**
 * One run of one plugin, from start to stop.
 *
 * @param name unique, such as {@code notifications#3}
 */
public record Generation(
        String name,
        Candidate candidate,
        LinkedContracts linked,
        PluginCode code,
        PluginBoundary boundary,
        Registrations registrations,
        InFlightRequests inFlight) {

    public Descriptor descriptor() {
        return candidate.descriptor();
    }
}
