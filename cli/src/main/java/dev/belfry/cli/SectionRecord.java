package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.schema.ConfigSchema;
import java.util.List;
import java.util.Map;

/** The record of a plugin's section. Its constructor has rules that no schema can say, and that a start would check. */
final class SectionRecord {

    private SectionRecord() {}

    /**
     * Binds the section to the record that the schema names. The plugin is not started.
     *
     * @throws ConfigurationException naming every problem
     */
    static void check(Candidate candidate, ConfigSchema schema, Config config) throws Refusal {
        if (schema.record().isEmpty()) {
            return;
        }
        String id = candidate.descriptor().id();
        // Without the classes of other plugins: a record does not need them.
        LinkedContracts linked = new LinkedContracts(candidate.contract(Map.of()), Map.of());
        PluginCode code = candidate.load(id + "#check", linked);
        try {
            config.bind(id, type(schema.record().get(), code.classLoader()));
        } finally {
            code.close();
        }
    }

    private static Class<? extends Record> type(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader).asSubclass(Record.class);
        } catch (ClassNotFoundException | ClassCastException | LinkageError e) {
            throw new ConfigurationException(
                    List.of(ConfigSchema.FILE + ": x-record: '" + name + "' is not a record of this JAR"));
        }
    }
}
