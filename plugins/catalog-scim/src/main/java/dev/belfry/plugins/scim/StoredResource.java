package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belfry.api.catalog.EntityRef;
import java.time.Instant;

/**
 * A user or group as the client has sent it.
 *
 * @param ref in the catalog
 * @param version 1, and one more after each change
 * @param content without {@code id} and {@code meta}
 */
record StoredResource(
        String id,
        ResourceKind kind,
        EntityRef ref,
        int version,
        Instant created,
        Instant lastModified,
        ObjectNode content) {

    /** The version as an entity tag. */
    String etag() {
        return "W/\"" + version + "\"";
    }

    StoredResource changed(EntityRef nextRef, Instant now, ObjectNode next) {
        return new StoredResource(id, kind, nextRef, version + 1, created, now, next);
    }

    /**
     * As clients get it.
     *
     * @param base address of the endpoint, without a slash at the end
     */
    ObjectNode document(String base) {
        ObjectNode document = content.deepCopy();
        document.put("id", id);
        document.putObject("meta")
                .put("resourceType", kind.label())
                .put("created", created.toString())
                .put("lastModified", lastModified.toString())
                .put("location", base + "/" + kind.folder() + "/" + id)
                .put("version", etag());
        return document;
    }
}
