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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations of a PATCH (RFC 7644, section 3.5.2), and the forms of them that Entra and Okta send. */
final class Patch {

    private static final int MAX_OPERATIONS = 1000;

    /** An attribute of an extension: the URN ends with a version and a name. */
    private static final Pattern IN_EXTENSION = Pattern.compile("urn:.*:\\d+\\.\\d+:[^:]+:[^:]+");

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups");

    /** The multi-valued attributes of RFC 7643, sections 4.1.2 and 4.2, that clients can set. */
    private static final Set<String> MULTI_VALUED = Set.of(
            "addresses",
            "emails",
            "entitlements",
            "ims",
            "members",
            "phonenumbers",
            "photos",
            "roles",
            "x509certificates");

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
            String attribute = CoreSchema.withoutUrn(key);
            boolean isPath = attribute.startsWith("urn:")
                    ? IN_EXTENSION.matcher(attribute).matches()
                    : attribute.contains(".") || attribute.contains("[") || !attribute.equals(key);
            if (isPath) {
                values.remove(key);
                ObjectNode part = rest.deepCopy();
                part.put("path", attribute);
                part.set("value", value.getValue());
                parts.add(part);
            }
        }
        if (!values.isEmpty() || parts.isEmpty()) {
            parts.addFirst(rest);
        }
        return parts;
    }

    /** Without a path, these attributes are ignored, as in a PUT: Okta repeats the id. */
    private static String writable(String path) throws BadRequestException {
        if (READ_ONLY.contains(path.replaceFirst("[.\\[].*", "").toLowerCase(Locale.ROOT))) {
            throw BadRequestException.mutability("the attribute '" + path + "' cannot be changed by clients");
        }
        return path;
    }

    private static PatchOperation operation(String place, JsonNode given) throws ScimException {
        if (given instanceof ObjectNode operation) {
            // Entra begins them with a capital letter.
            operation.put("op", Scim.text(operation, "op").toLowerCase(Locale.ROOT));
            String path = Scim.text(operation, "path");
            if (!path.isEmpty()) {
                operation.put("path", writable(CoreSchema.withoutUrn(path)));
                collect(operation, "value", CoreSchema.withoutUrn(path));
            } else if (operation.get("value") instanceof ObjectNode values) {
                List.copyOf(values.properties()).forEach(value -> collect(values, value.getKey(), value.getKey()));
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

    /** A value that is added to a multi-valued attribute may stand alone; the library would store it in place of the array. */
    private static void collect(ObjectNode holder, String key, String attribute) {
        if (MULTI_VALUED.contains(attribute.toLowerCase(Locale.ROOT)) && holder.get(key) instanceof ObjectNode single) {
            holder.putArray(key).add(single);
        }
    }

    /** @throws ScimException when an operation does not fit; the content may then be changed in part */
    void applyTo(ObjectNode content) throws ScimException {
        for (PatchOperation operation : operations) {
            try {
                operation.apply(content);
            } catch (BadRequestException e) {
                PatchOpType other = instead(operation, e).orElseThrow(() -> e);
                PatchOperation.create(other, operation.getPath(), operation.getJsonNode())
                        .apply(content);
            }
        }
    }

    /**
     * Entra replaces values that do not exist yet, such as {@code emails[type eq "work"].value}. A value that exists is replaced by add
     * (section 3.5.2.1), which the library does only without a filter.
     */
    private static Optional<PatchOpType> instead(PatchOperation operation, BadRequestException failure) {
        String type = failure.getScimError().getScimType();
        if (operation.getOpType() == PatchOpType.REPLACE && BadRequestException.NO_TARGET.equals(type)) {
            return Optional.of(PatchOpType.ADD);
        }
        boolean hasFilter =
                operation.getPath() != null && operation.getPath().toString().contains("[");
        return operation.getOpType() == PatchOpType.ADD && hasFilter && BadRequestException.INVALID_VALUE.equals(type)
                ? Optional.of(PatchOpType.REPLACE)
                : Optional.empty();
    }
}
