package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Contract;
import dev.belfry.host.lifecycle.Refusal;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contracts that are in use. Equal content is loaded once: whoever was linked with it still fits. */
final class Contracts {

    private final ClassLoader host;
    private final Map<String, WeakReference<JarContract>> inUse = new HashMap<>();

    Contracts(ClassLoader host) {
        this.host = host;
    }

    /**
     * @param classes the exported classes, by name
     * @param others the contracts that they may name
     * @throws Refusal when they name something that their users could not see
     */
    synchronized JarContract of(Map<String, byte[]> classes, List<Contract> others) throws Refusal {
        List<Exports> visible = others.stream().map(Exports.class::cast).toList();
        List<Exports> named = new ExportRules(classes.keySet(), visible).check(classes);
        String key = JarContract.keyOf(classes, named);
        inUse.values().removeIf(reference -> reference.get() == null);
        WeakReference<JarContract> known = inUse.get(key);
        JarContract contract = known == null ? null : known.get();
        if (contract == null) {
            contract = new JarContract(key, classes, named, host);
            inUse.put(key, new WeakReference<>(contract));
        }
        return contract;
    }
}
