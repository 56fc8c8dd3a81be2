package dev.belfry.host.lifecycle;

import java.util.Map;

/**
 * The contracts that a generation is linked with.
 *
 * @param own its own exports
 * @param others exports of its dependencies, by plugin id, in the order of declaration
 */
public record LinkedContracts(Contract own, Map<String, Contract> others) {}
