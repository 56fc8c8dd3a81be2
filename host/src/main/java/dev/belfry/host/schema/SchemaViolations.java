package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.belfry.host.config.DurationText;
import dev.belfry.host.config.SectionRules.UnknownKey;
import dev.belfry.host.config.SectionRules.UnmetRule;
import dev.belfry.host.config.SectionRules.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Converts errors of the schema validator to messages in the style of the other configuration problems. */
final class SchemaViolations {

    private SchemaViolations() {}

    static Violation of(Error error, JsonNode schema) {
        List<Object> path = path(error.getInstanceLocation());
        JsonNode limit = error.getSchemaNode();
        String rule = limit == null ? "" : limit.asText();
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                new UnknownKey(with(path, error.getProperty()), known(error, schema));
            case "required" -> new UnmetRule(with(path, error.getProperty()), "is required, and missing", false);
            case "type" -> unmet(path, "must be " + types(limit));
            case "enum" -> unmet(path, "must be " + (limit.size() == 1 ? "" : "one of ") + texts(limit, ", "));
            case "const" -> unmet(path, "must be " + rule);
            case "minimum" -> unmet(path, "must be at least " + rule);
            case "maximum" -> unmet(path, "must be at most " + rule);
            case "exclusiveMinimum" -> unmet(path, "must be more than " + rule);
            case "exclusiveMaximum" -> unmet(path, "must be less than " + rule);
            case "minLength" -> unmet(path, "must have at least " + rule + " characters");
            case "maxLength" -> unmet(path, "must have at most " + rule + " characters");
            case "minItems" -> unmet(path, "must have at least " + rule + " entries");
            case "maxItems" -> unmet(path, "must have at most " + rule + " entries");
            case "pattern" -> unmet(path, "must match " + rule);
            case "not" -> unmet(path, excluded(error, limit));
            case "format" -> unmet(path, "must be " + format(rule));
            default -> unmet(path, whole(error));
        };
    }

    private static String format(String name) {
        return switch (name) {
            case "uri" -> "a URL such as https://host.example";
            case "duration" -> DurationText.RULE;
            default -> "a " + name;
        };
    }

    private static String whole(Error error) {
        return "must follow the plugin's schema: " + error.getMessage();
    }

    private static String excluded(Error error, @Nullable JsonNode excluded) {
        return excluded != null && excluded.has("enum")
                ? "must not be one of " + texts(excluded.get("enum"), ", ")
                : whole(error);
    }

    private static UnmetRule unmet(List<Object> path, String rule) {
        return new UnmetRule(path, rule, true);
    }

    private static List<Object> path(NodePath location) {
        List<Object> path = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.add(location.getElement(i));
        }
        return path;
    }

    private static List<Object> with(List<Object> path, String key) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String types(JsonNode types) {
        return types.isArray() ? texts(types, " or ") : type(types.asText());
    }

    private static String texts(JsonNode values, String between) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> between.equals(" or ") ? type(value.asText()) : value.asText())
                .collect(Collectors.joining(between));
    }

    private static String type(String name) {
        return switch (name) {
            case "object" -> "an object";
            case "array" -> "an array";
            case "string" -> "a string";
            case "boolean" -> "a boolean";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> name;
        };
    }

    /** The keys that the schema knows beside the unknown one. */
    private static Set<String> known(Error error, JsonNode schema) {
        String place = error.getSchemaLocation().getFragment().toString();
        JsonNode properties = schema.at(place.substring(0, place.lastIndexOf('/')) + "/properties");
        Set<String> known = new LinkedHashSet<>();
        properties.fieldNames().forEachRemaining(known::add);
        return known;
    }
}
