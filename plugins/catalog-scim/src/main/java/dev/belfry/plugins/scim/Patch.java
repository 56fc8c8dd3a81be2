package dev.belfry.plugins.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The operations of a PATCH (RFC 7644, section 3.5.2), and the forms of them that Entra and Okta send. */
final class Patch {

    private static final int MAX_OPERATIONS = 1000;

    /** Attributes of the core schemas may be written with it; their values are stored without it. */
    private static final Pattern CORE_SCHEMA =
            Pattern.compile("^urn:ietf:params:scim:schemas:core:2\\.0:(User|Group):", Pattern.CASE_INSENSITIVE);

    private final List<PatchOperation> operations;

    private Patch(List<PatchOperation> operations) {
        this.operations = operations;
    }

    /** @throws BadRequestException naming the first operation that is wrong */
    static Patch of(ObjectNode body) throws ScimException {
        if (!(body.get("Operations") instanceof ArrayNode given) || given.isEmpty()) {
            throw BadRequestException.invalidSyntax("Operations must be an array with at least one operation");
        }
        if (given.size() > MAX_OPERATIONS) {
            throw BadRequestException.tooMany(
                    "Operations has " + given.size() + " operations; the maximum is " + MAX_OPERATIONS);
        }
        List<PatchOperation> operations = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String place = "Operations[" + i + "]";
            for (JsonNode operation : separated(given.get(i))) {
                operations.add(operation(place, operation));
            }
        }
        return new Patch(operations);
    }

    /** Entra sends an operation without a path whose value has paths as keys, such as {@code name.givenName}. */
    private static List<JsonNode> separated(JsonNode given) {
        if (!(given instanceof ObjectNode whole) || whole.has("path") || !(whole.get("value") instanceof ObjectNode)) {
            return List.of(given);
        }
        ObjectNode rest = whole.deepCopy();
        ObjectNode values = (ObjectNode) rest.get("value");
        List<JsonNode> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> value : List.copyOf(values.properties())) {
            String key = value.getKey();
            if (!key.startsWith("urn:") && (key.contains(".") || key.contains("["))) {
                values.remove(key);
                ObjectNode part = rest.deepCopy();
                part.put("path", key);
                part.set("value", value.getValue());
                parts.add(part);
            }
        }
        if (!values.isEmpty() || parts.isEmpty()) {
            parts.addFirst(rest);
        }
        return parts;
    }

    private static PatchOperation operation(String place, JsonNode given) throws ScimException {
        if (given instanceof ObjectNode operation) {
            // Entra begins them with a capital letter.
            operation.put("op", Scim.text(operation, "op").toLowerCase(Locale.ROOT));
            String path = Scim.text(operation, "path");
            if (!path.isEmpty()) {
                operation.put("path", CORE_SCHEMA.matcher(path).replaceFirst(""));
            }
        }
        try {
            return JsonUtils.getObjectReader().treeToValue(given, PatchOperation.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ScimException wrong) {
                throw wrong;
            }
            throw BadRequestException.invalidSyntax(
                    place + " must be an object with op (add, remove or replace), and a path or a value that fit it");
        }
    }

    /** @throws ScimException when an operation does not fit; the content may then be changed in part */
    void applyTo(ObjectNode content) throws ScimException {
        for (PatchOperation operation : operations) {
            try {
                operation.apply(content);
            } catch (BadRequestException e) {
                if (!isMissingTarget(operation, e)) {
                    throw e;
                }
                // Entra replaces values that do not exist yet, such as emails[type eq "work"].value.
                PatchOperation.create(PatchOpType.ADD, operation.getPath(), operation.getJsonNode())
                        .apply(content);
            }
        }
    }

    private static boolean isMissingTarget(PatchOperation operation, BadRequestException failure) {
        return operation.getOpType() == PatchOpType.REPLACE
                && BadRequestException.NO_TARGET.equals(failure.getScimError().getScimType());
    }
}
