package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Contract;
import dev.belfry.host.lifecycle.Refusal;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contracts in use. Equal content is loaded once, so that dependents still fit after a replacement. */
final class Contracts {

    private final ClassLoader host;
    private final Map<String, WeakReference<JarContract>> inUse = new HashMap<>();

    Contracts(ClassLoader host) {
        this.host = host;
    }

    /**
     * @param classes the exported classes, by name
     * @param others contracts that they may refer to
     * @throws Refusal when they refer to classes that dependents cannot see
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
