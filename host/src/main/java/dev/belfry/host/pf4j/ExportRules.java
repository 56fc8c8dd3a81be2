package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for references of exported classes: they may refer to the JDK, the host's API, each other, and exports of the plugin's own
 * dependencies. Dependents see nothing else.
 *
 * @param own names of the exported classes
 * @param others contracts of the dependencies
 */
record ExportRules(Set<String> own, List<Exports> others) {

    /** @return the contracts that are referred to */
    List<Exports> check(Map<String, byte[]> classes) throws Refusal {
        List<Exports> named = new ArrayList<>();
        for (Map.Entry<String, byte[]> exported : classes.entrySet()) {
            for (String name : namesIn(exported)) {
                check(exported.getKey(), name, named);
            }
        }
        return named;
    }

    private static Set<String> namesIn(Map.Entry<String, byte[]> exported) throws Refusal {
        try {
            return ClassNames.in(exported.getValue());
        } catch (IllegalArgumentException e) {
            throw new Refusal("its class " + exported.getKey() + " is not a class file: " + e.getMessage(), e);
        }
    }

    private void check(String exported, String name, List<Exports> named) throws Refusal {
        if (own.contains(name) || ClassRules.isHostOnly(name)) {
            return;
        }
        Optional<Exports> other =
                others.stream().filter(exports -> exports.has(name)).findFirst();
        if (other.isPresent()) {
            if (!named.contains(other.get())) {
                named.add(other.get());
            }
        } else if (!isOfTheJdk(name)) {
            throw new Refusal("the exported class " + exported + " names " + name
                    + ", which dependents cannot see: exported classes may refer to the JDK, the plugin API, each"
                    + " other, and exports of the plugin's dependencies");
        }
    }

    private static boolean isOfTheJdk(String name) {
        return name.startsWith("java.")
                || ClassLoader.getPlatformClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }
}
