package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.types.AuthenticationScheme;
import com.unboundid.scim2.common.types.BulkConfig;
import com.unboundid.scim2.common.types.ChangePasswordConfig;
import com.unboundid.scim2.common.types.ETagConfig;
import com.unboundid.scim2.common.types.FilterConfig;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.PatchConfig;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.SortConfig;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.unboundid.scim2.common.utils.SchemaUtils;
import java.beans.IntrospectionException;
import java.net.URI;
import java.util.List;

/** The features of the server (RFC 7644, section 4). */
final class Discovery {

    private final ObjectNode config;
    private final List<ObjectNode> types;
    private final List<ObjectNode> schemas;

    Discovery() {
        config = object(new ServiceProviderConfigResource(
                "https://datatracker.ietf.org/doc/html/rfc7644",
                new PatchConfig(true),
                new BulkConfig(false, 0, 0),
                new FilterConfig(true, ResourceQuery.MAX_COUNT),
                new ChangePasswordConfig(false),
                new SortConfig(false),
                new ETagConfig(true),
                List.of(AuthenticationScheme.createOAuth2BearerToken(true))));
        types = List.of(type(ResourceKind.USER), type(ResourceKind.GROUP));
        schemas = List.of(schema(UserResource.class), schema(GroupResource.class));
    }

    private static ObjectNode type(ResourceKind kind) {
        return object(new ResourceTypeResource(
                kind.label(),
                kind.label() + "s of the catalog",
                URI.create("/" + kind.folder()),
                URI.create(kind.schema())));
    }

    private static ObjectNode schema(Class<?> type) {
        try {
            return object(SchemaUtils.getSchema(type));
        } catch (IntrospectionException e) {
            throw new IllegalStateException("the schema of " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private static ObjectNode object(Object resource) {
        JsonNode node = JsonUtils.valueToNode(resource);
        return (ObjectNode) node;
    }

    ObjectNode config() {
        return config;
    }

    List<ObjectNode> types() {
        return types;
    }

    List<ObjectNode> schemas() {
        return schemas;
    }

    /** @throws ResourceNotFoundException when none of them has this id */
    static ObjectNode withId(List<ObjectNode> documents, String id) throws ResourceNotFoundException {
        return documents.stream()
                .filter(document -> Scim.text(document, "id").equals(id))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("there is nothing with the id " + id));
    }
}
