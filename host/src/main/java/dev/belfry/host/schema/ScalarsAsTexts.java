package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;

/** A number or a boolean where a string is wanted is one, as everywhere in the configuration. */
final class ScalarsAsTexts {

    private ScalarsAsTexts() {}

    /** @return whether the value that the error is about has been replaced by its text */
    static boolean replace(JsonNode section, Error error) {
        if (!error.getKeyword().equals("type") || !allowsText(error.getSchemaNode())) {
            return false;
        }
        NodePath path = error.getInstanceLocation();
        int last = path.getNameCount() - 1;
        JsonNode holder = section;
        for (int i = 0; i < last; i++) {
            holder = below(holder, path.getElement(i));
        }
        JsonNode value = last < 0 ? section : below(holder, path.getElement(last));
        if (!value.isNumber() && !value.isBoolean()) {
            return false;
        }
        if (holder instanceof ObjectNode object) {
            object.put(String.valueOf(path.getElement(last)), value.asText());
        } else if (holder instanceof ArrayNode array) {
            array.set((Integer) path.getElement(last), array.textNode(value.asText()));
        }
        return true;
    }

    private static boolean allowsText(JsonNode types) {
        return types.isTextual()
                ? types.asText().equals("string")
                : types.valueStream().anyMatch(type -> type.asText().equals("string"));
    }

    private static JsonNode below(JsonNode holder, Object step) {
        return step instanceof Integer index ? holder.path(index) : holder.path(String.valueOf(step));
    }
}
