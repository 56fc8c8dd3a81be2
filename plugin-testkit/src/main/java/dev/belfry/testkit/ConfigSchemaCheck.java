package dev.belfry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.Secret;
import dev.belfry.host.schema.ConfigSchema;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks the record that a plugin binds: its {@code META-INF/belfry/config.schema.json}, and its secrets. */
public final class ConfigSchemaCheck {

    private static final Pattern CONFIDENTIAL = Pattern.compile("(?i).*(password|passphrase|secret|token)s?");

    private ConfigSchemaCheck() {}

    /**
     * Checks that the schema describes exactly the keys of the record, at every level, and that {@code x-record}, if it is there, names it.
     * Also checks that each string whose name says that it is confidential, such as {@code clientSecret}, {@code password} or
     * {@code apiToken}, is a {@link Secret}: the record would show it in logs otherwise.
     *
     * @param type the record that the plugin passes to {@code PluginContext.config}; the schema is looked for beside its class
     * @throws AssertionError naming the keys that only one of both has, with the schema that the record implies; or the keys that must be
     *     secrets
     */
    public static void assertSchemaMatches(Class<? extends Record> type) {
        ConfigSchema derived = ConfigSchema.of(type);
        assertSecrets(type, derived.document());
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

    private static void assertSecrets(Class<?> type, JsonNode derived) {
        Set<String> open = new TreeSet<>();
        addOpenSecrets(derived, open);
        if (!open.isEmpty()) {
            throw new AssertionError("keys of " + type.getName() + " that must be of the type " + Secret.class.getName()
                    + ", because the record would show them in logs: " + open);
        }
    }

    private static void addOpenSecrets(JsonNode schema, Set<String> open) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode values = property.getValue();
            JsonNode value = values.path("items").isObject() ? values.get("items") : values;
            boolean isText = value.path("type").asText().equals("string");
            if (isText
                    && !value.has("writeOnly")
                    && CONFIDENTIAL.matcher(property.getKey()).matches()) {
                open.add(property.getKey());
            }
        });
        schema.forEach(child -> addOpenSecrets(child, open));
    }

    private static Set<String> without(Set<String> keys, Set<String> others) {
        Set<String> rest = new TreeSet<>(keys);
        rest.removeAll(others);
        return rest;
    }
}
