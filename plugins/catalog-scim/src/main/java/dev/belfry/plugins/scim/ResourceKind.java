package dev.belfry.plugins.scim;

import dev.belfry.api.catalog.EntityRef;

/** The kinds of resources (RFC 7643, section 4). */
enum ResourceKind {
    USER("User", "Users", "userName", EntityRef.USER),
    GROUP("Group", "Groups", "displayName", EntityRef.GROUP);

    private final String label;
    private final String folder;
    private final String nameAttribute;
    private final String entityKind;

    ResourceKind(String label, String folder, String nameAttribute, String entityKind) {
        this.label = label;
        this.folder = folder;
        this.nameAttribute = nameAttribute;
        this.entityKind = entityKind;
    }

    /** The resource type, such as {@code User}. */
    String label() {
        return label;
    }

    /** The last part of the endpoint, such as {@code Users}. */
    String folder() {
        return folder;
    }

    /** The attribute that the reference in the catalog is made from. */
    String nameAttribute() {
        return nameAttribute;
    }

    String entityKind() {
        return entityKind;
    }

    String schema() {
        return "urn:ietf:params:scim:schemas:core:2.0:" + label;
    }
}
