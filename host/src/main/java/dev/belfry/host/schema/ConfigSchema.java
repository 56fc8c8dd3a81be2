package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.belfry.host.config.RecordSchema;
import dev.belfry.host.config.SectionRules;
import dev.belfry.host.files.JsonFile;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON Schema of one plugin's configuration, from its JAR. */
public final class ConfigSchema implements SectionRules {

    /** Its path in the JAR. */
    public static final String FILE = "META-INF/belfry/config.schema.json";

    /** The key that names the plugin's record. */
    private static final String RECORD = "x-record";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The dialect of a schema that does not name one: the newest. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .format(new DurationFormat())
            .keyword(new NonValidationKeyword(RECORD))
            .build();

    /** References are resolved within the schema; nothing is fetched. Strings are accepted as numbers; the reverse is done here. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            DIALECT,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .typeLoose(true)
                            .formatAssertionsEnabled(true)
                            .build()));

    /** For validating schemas themselves, strictly. */
    private static final Schema SCHEMA_OF_SCHEMAS =
            SchemaRegistry.withDefaultDialect(DIALECT).getSchema(SchemaLocation.of(DIALECT.getId()));

    private final JsonNode document;
    private final Schema schema;

    private ConfigSchema(JsonNode document, Schema schema) {
        this.document = document;
        this.schema = schema;
    }

    /**
     * Reads a plugin's schema without loading the plugin.
     *
     * @param location its JAR or folder of classes
     * @return empty when it has none
     * @throws IllegalArgumentException when the file is not a JSON Schema
     */
    public static Optional<ConfigSchema> in(URL location) {
        return JsonFile.read(location, FILE, JSON).map(ConfigSchema::of);
    }

    /** The schema that is derived from the record to which a plugin binds its section. */
    public static ConfigSchema of(Class<? extends Record> type) {
        return of(JSON.<JsonNode>valueToTree(RecordSchema.of(type)));
    }

    private static ConfigSchema of(JsonNode document) {
        List<Error> problems = SCHEMA_OF_SCHEMAS.validate(document);
        if (!(document instanceof ObjectNode) || !problems.isEmpty()) {
            throw new IllegalArgumentException(FILE + " is not a JSON Schema: "
                    + (problems.isEmpty()
                            ? "it must be an object"
                            : problems.getFirst().getInstanceLocation() + " "
                                    + problems.getFirst().getMessage()));
        }
        try {
            Schema schema = SCHEMAS.getSchema(document);
            schema.initializeValidators();
            return new ConfigSchema(document, schema);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(FILE + " is not a usable JSON Schema: " + e.getMessage(), e);
        }
    }

    /** The schema as JSON. */
    public JsonNode document() {
        return document;
    }

    /** The name of the class to which the plugin binds its section, if the schema has it ({@code x-record}). */
    public Optional<String> record() {
        return Optional.ofNullable(document.path(RECORD).textValue());
    }

    /** The paths of its keys, such as {@code ropes[].length}; {@code *} stands for names that the operator chooses. */
    public Set<String> keys() {
        return SchemaKeys.of(document);
    }

    @Override
    public boolean isBound() {
        return record().isPresent();
    }

    @Override
    public List<Violation> violations(Map<String, Object> section) {
        JsonNode json = JSON.valueToTree(section);
        List<Error> errors = schema.validate(json);
        if (errors.stream().filter(error -> OtherForms.replace(json, error)).count() > 0) {
            errors = schema.validate(json);
        }
        return errors.stream()
                .map(error -> SchemaViolations.of(error, document))
                .toList();
    }
}
