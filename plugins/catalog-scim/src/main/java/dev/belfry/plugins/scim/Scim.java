package dev.belfry.plugins.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON of SCIM: names of attributes are compared without regard to case. */
final class Scim {

    static final String MEDIA_TYPE = "application/scim+json";

    private Scim() {}

    /** @throws BadRequestException when the body is not a JSON object, or has a text that cannot be stored */
    static ObjectNode object(byte[] body) throws BadRequestException {
        try {
            if (JsonUtils.getObjectReader().readTree(body) instanceof ObjectNode object) {
                StoredText.require("", object);
                return object;
            }
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("the body is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw BadRequestException.invalidSyntax("the body must be an object");
    }

    /** Of content that has been checked before. */
    static ObjectNode stored(String text) {
        try {
            return (ObjectNode) JsonUtils.getObjectReader().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored content is not valid JSON", e);
        }
    }

    static String text(Object value) {
        try {
            return JsonUtils.getObjectWriter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the response cannot be written as JSON", e);
        }
    }

    /** A member of a search request (RFC 7644, section 3.4.3) as the query parameter has it; null if it is absent. */
    static @Nullable String parameter(JsonNode search, String name) {
        return switch (search.get(name)) {
            case null -> null;
            case ArrayNode names -> names.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
            case JsonNode value -> value.asText();
        };
    }

    /** The attribute's text; empty if it is absent or not a string. */
    static String text(JsonNode object, String attribute) {
        JsonNode value = object.get(attribute);
        return value != null && value.isTextual() ? value.textValue() : "";
    }
}
