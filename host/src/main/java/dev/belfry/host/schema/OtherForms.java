package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Optional;

/**
 * Forms of values that the binding to a record accepts as well: a number or a boolean where a string is wanted, and an object where an
 * array is wanted.
 */
final class OtherForms {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OtherForms() {}

    /** @return whether the value that the error is about has been replaced by what it stands for */
    static boolean replace(JsonNode section, Error error) {
        if (!error.getKeyword().equals("type")) {
            return false;
        }
        NodePath path = error.getInstanceLocation();
        int last = path.getNameCount() - 1;
        JsonNode holder = section;
        for (int i = 0; i < last; i++) {
            holder = below(holder, path.getElement(i));
        }
        JsonNode value = last < 0 ? section : below(holder, path.getElement(last));
        Optional<JsonNode> other = other(value, error.getSchemaNode());
        if (other.isEmpty()) {
            return false;
        }
        if (holder instanceof ObjectNode object) {
            object.set(String.valueOf(path.getElement(last)), other.get());
        } else if (holder instanceof ArrayNode array) {
            array.set((Integer) path.getElement(last), other.get());
        }
        return true;
    }

    private static Optional<JsonNode> other(JsonNode value, JsonNode types) {
        if ((value.isNumber() || value.isBoolean()) && allows(types, "string")) {
            return Optional.of(NODES.textNode(value.asText()));
        }
        return value.isObject() && allows(types, "array")
                ? Optional.of(NODES.arrayNode().add(value))
                : Optional.empty();
    }

    private static boolean allows(JsonNode types, String wanted) {
        return types.isTextual()
                ? types.asText().equals(wanted)
                : types.valueStream().anyMatch(type -> type.asText().equals(wanted));
    }

    private static JsonNode below(JsonNode holder, Object step) {
        return step instanceof Integer index ? holder.path(index) : holder.path(String.valueOf(step));
    }
}
