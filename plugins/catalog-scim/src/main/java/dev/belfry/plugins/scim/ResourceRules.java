package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for a resource, and the part of it that is stored. Attributes that the catalog does not know are kept. */
final class ResourceRules {

    /** The server's own attributes, which clients cannot set, and the password, which nobody needs. */
    private static final List<String> NOT_STORED = List.of("id", "meta", "groups", "password");

    private static final int MAX_SHOWN = 80;

    private ResourceRules() {}

    /**
     * @param given stays unchanged
     * @throws BadRequestException naming the attribute and the rule
     */
    static ObjectNode content(ResourceKind kind, ObjectNode given) throws BadRequestException {
        ObjectNode content = given.deepCopy();
        NOT_STORED.forEach(content::remove);
        requireSchema(kind, content);
        if (Scim.text(content, kind.nameAttribute()).isBlank()) {
            throw BadRequestException.invalidValue(kind.nameAttribute() + " is required, and must be a string");
        }
        JsonNode externalId = content.get("externalId");
        if (externalId != null && !externalId.isNull() && !externalId.isTextual()) {
            throw BadRequestException.invalidValue("externalId must be a string");
        }
        if (kind == ResourceKind.USER) {
            normalizeActive(content);
            requireArray(content, "emails");
        } else {
            normalizeMembers(content);
        }
        return content;
    }

    private static void requireSchema(ResourceKind kind, ObjectNode content) throws BadRequestException {
        if (content.get("schemas") instanceof ArrayNode schemas) {
            for (JsonNode schema : schemas) {
                if (kind.schema().equalsIgnoreCase(schema.asText())) {
                    return;
                }
            }
        }
        throw BadRequestException.invalidSyntax("schemas must contain " + kind.schema());
    }

    private static void requireArray(ObjectNode content, String attribute) throws BadRequestException {
        JsonNode values = content.get(attribute);
        if (values != null && !values.isNull() && !values.isArray()) {
            throw BadRequestException.invalidValue(attribute + " must be an array of objects");
        }
    }

    /** Entra sends the strings True and False. */
    private static void normalizeActive(ObjectNode content) throws BadRequestException {
        JsonNode active = content.get("active");
        if (active == null || active.isNull() || active.isBoolean()) {
            return;
        }
        boolean yes = active.asText().equalsIgnoreCase("true");
        if (!yes && !active.asText().equalsIgnoreCase("false")) {
            throw BadRequestException.invalidValue("active must be a boolean, not " + shown(active));
        }
        content.set("active", BooleanNode.valueOf(yes));
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    private static void normalizeMembers(ObjectNode content) throws BadRequestException {
        JsonNode members = content.get("members");
        if (members == null || members.isNull()) {
            content.remove("members");
            return;
        }
        if (!(members instanceof ArrayNode)) {
            throw BadRequestException.invalidValue("members must be an array");
        }
        Set<String> seen = new HashSet<>();
        ArrayNode distinct = content.putArray("members");
        for (JsonNode member : members) {
            String id = Scim.text(member, "value");
            if (id.isBlank()) {
                throw BadRequestException.invalidValue(
                        "members must be objects with the id of a user or group as value");
            }
            if (seen.add(id)) {
                distinct.add(member);
            }
        }
        if (distinct.isEmpty()) {
            content.remove("members");
        }
    }
}
