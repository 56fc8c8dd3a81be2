package dev.belfry.host.lifecycle;

import java.util.Map;

/**
 * The contracts that a generation is linked with.
 *
 * @param own what it exports itself
 * @param others what the plugins that it names export, by id, in the order in which it names them
 */
public record LinkedContracts(Contract own, Map<String, Contract> others) {}
