package dev.belfry.testkit;

import dev.belfry.host.schema.ConfigSchema;
import java.util.Set;
import java.util.TreeSet;

/** Compares a plugin's {@code META-INF/belfry/config.schema.json} with the record that the plugin binds. */
public final class ConfigSchemaCheck {

    private ConfigSchemaCheck() {}

    /**
     * Checks that the schema describes exactly the keys of the record, at every level, and that {@code x-record}, if it is there, names it.
     *
     * @param type the record that the plugin passes to {@code PluginContext.config}; the schema is looked for beside its class
     * @throws AssertionError naming the keys that only one of both has, with the schema that the record implies
     */
    public static void assertSchemaMatches(Class<? extends Record> type) {
        ConfigSchema derived = ConfigSchema.of(type);
        ConfigSchema written = ConfigSchema.in(
                        type.getProtectionDomain().getCodeSource().getLocation())
                .orElseThrow(
                        () -> new AssertionError("there is no " + ConfigSchema.FILE + " beside " + type.getName()));
        if (!written.record().orElse(type.getName()).equals(type.getName())) {
            throw new AssertionError(ConfigSchema.FILE + " names another record: x-record must be " + type.getName());
        }
        Set<String> described = written.keys();
        Set<String> missing = without(derived.keys(), described);
        Set<String> superfluous = without(described, derived.keys());
        if (!missing.isEmpty() || !superfluous.isEmpty()) {
            throw new AssertionError(ConfigSchema.FILE + " does not match " + type.getName() + "; missing keys: "
                    + missing
                    + ", keys that the record does not have: " + superfluous + "; the record implies this schema:\n"
                    + derived.document().toPrettyString());
        }
    }

    private static Set<String> without(Set<String> keys, Set<String> others) {
        Set<String> rest = new TreeSet<>(keys);
        rest.removeAll(others);
        return rest;
    }
}
