package dev.belfry.host.lifecycle;

import java.util.Map;

/**
 * The contracts that a generation is linked with.
 *
 * @param own its own exports
 * @param others exports of its dependencies, by plugin id, in the order of declaration
 */
public record LinkedContracts(Contract own, Map<String, Contract> others) {

    /** Whether {@code type} is an exported class of the generation or of one of its dependencies. */
    public boolean defines(Class<?> type) {
        return own.defines(type) || others.values().stream().anyMatch(contract -> contract.defines(type));
    }
}
