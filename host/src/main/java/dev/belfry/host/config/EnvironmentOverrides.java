package dev.belfry.host.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Overrides from the environment, such as {@code APP_CONFIG_backend_listen_port=8080}. A value is parsed as JSON; if it
 * is not JSON, it is a string.
 */
final class EnvironmentOverrides {

    private static final String PREFIX = "APP_CONFIG_";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private EnvironmentOverrides() {}

    static Value.Tree in(Map<String, String> environment, SourceLocation defaults, Problems problems) {
        Value.Tree all = new Value.Tree(Map.of(), defaults);
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            if (variable.getKey().startsWith(PREFIX) && variable.getKey().length() > PREFIX.length()) {
                List<String> path =
                        List.of(variable.getKey().substring(PREFIX.length()).split("_", -1));
                SourceLocation location = defaults.as(variable.getKey()).of(List.of(variable.getKey()));
                if (path.contains("")) {
                    problems.add(
                            location + ": the name must have one underscore between two keys, and none at its end");
                    continue;
                }
                all = ConfigMerge.over(all, nested(path, parse(variable.getValue(), location), location));
            }
        }
        return all;
    }

    private static Value.Tree nested(List<String> path, Value value, SourceLocation location) {
        Value inner = path.size() == 1 ? value : nested(path.subList(1, path.size()), value, location);
        return new Value.Tree(Map.of(path.getFirst(), inner), location);
    }

    private static Value parse(String text, SourceLocation location) {
        try {
            JsonNode node = JSON.readTree(text);
            // Numbers keep their text: a password may look like a number.
            return node.isMissingNode() || node.isNumber()
                    ? new Value.Scalar(text.isEmpty() ? text : ScalarText.meaning(text.strip()), location)
                    : convert(node, location);
        } catch (JsonProcessingException _) {
            return new Value.Scalar(text, location);
        }
    }

    private static Value convert(JsonNode node, SourceLocation location) {
        if (node.isObject()) {
            Map<String, Value> children = new LinkedHashMap<>();
            node.properties().forEach(field -> children.put(field.getKey(), convert(field.getValue(), location)));
            return new Value.Tree(children, location);
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(convert(item, location)));
            return new Value.Items(items, location);
        }
        return new Value.Scalar(scalar(node), location);
    }

    private static @Nullable Object scalar(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.asText();
    }
}
