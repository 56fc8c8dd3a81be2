package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import java.util.Map;

/** Texts that both databases store and return as they are: PostgreSQL has no U+0000, and half of a surrogate pair is no character. */
final class StoredText {

    private StoredText() {}

    /**
     * @param name of the attribute, for the message; empty for the whole body
     * @throws BadRequestException naming the first attribute with another text
     */
    static void require(String name, JsonNode value) throws BadRequestException {
        if (value.isTextual()) {
            require(name, value.textValue());
        }
        for (Map.Entry<String, JsonNode> attribute : value.properties()) {
            require("the name of an attribute", attribute.getKey());
            require(name.isEmpty() ? attribute.getKey() : name + "." + attribute.getKey(), attribute.getValue());
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                require(name, item);
            }
        }
    }

    /** @param what the attribute or the parameter, which the error names */
    static void require(String what, String text) throws BadRequestException {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            if (letter == 0 || (letter <= Character.MAX_VALUE && Character.isSurrogate((char) letter))) {
                throw BadRequestException.invalidValue(
                        "%s must not have U+%04X (character %d)".formatted(what, letter, i + 1));
            }
        }
    }
}
