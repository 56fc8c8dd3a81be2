package dev.belfry.plugins.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.EntityNames;
import dev.belfry.plugins.scim.CatalogScimConfig.UserNamePart;

/** Makes references of the catalog from userName and displayName. */
final class ReferenceRule {

    private final String namespace;
    private final UserNamePart part;

    ReferenceRule(String namespace, UserNamePart part) {
        this.namespace = namespace;
        this.part = part;
    }

    /** @throws BadRequestException when no valid name is left */
    EntityRef refOf(ResourceKind kind, String name) throws BadRequestException {
        try {
            return new EntityRef(kind.entityKind(), namespace, EntityNames.normalized(chosen(kind, name)));
        } catch (IllegalArgumentException e) {
            throw BadRequestException.invalidValue(
                    kind.nameAttribute() + " '" + name + "' cannot be a name in the catalog: " + e.getMessage());
        }
    }

    private String chosen(ResourceKind kind, String name) {
        int at = name.lastIndexOf('@');
        return kind == ResourceKind.USER && part == UserNamePart.LOCAL_PART && at >= 0 ? name.substring(0, at) : name;
    }
}
