package dev.belfry.plugins.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.scim.CatalogScimConfig.UserNamePart;
import java.util.regex.Pattern;

/** Makes references of the catalog from names, by the rules of Backstage's providers of organizations. */
final class EntityNames {

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9_.-]");
    private static final Pattern REPEATED = Pattern.compile("_{2,}");
    private static final Pattern AT_THE_END = Pattern.compile("_+$");

    private final String namespace;
    private final UserNamePart part;

    EntityNames(String namespace, UserNamePart part) {
        this.namespace = namespace;
        this.part = part;
    }

    /** @throws BadRequestException when no valid name is left */
    EntityRef refOf(ResourceKind kind, String name) throws BadRequestException {
        try {
            return new EntityRef(kind.entityKind(), namespace, normalized(chosen(kind, name)));
        } catch (IllegalArgumentException e) {
            throw BadRequestException.invalidValue(
                    kind.nameAttribute() + " '" + name + "' cannot be a name in the catalog: " + e.getMessage());
        }
    }

    private String chosen(ResourceKind kind, String name) {
        int at = name.lastIndexOf('@');
        return kind == ResourceKind.USER && part == UserNamePart.LOCAL_PART && at >= 0 ? name.substring(0, at) : name;
    }

    private static String normalized(String name) {
        String replaced = NOT_ALLOWED.matcher(name.strip()).replaceAll("_");
        return REPEATED.matcher(AT_THE_END.matcher(replaced).replaceAll("")).replaceAll("_");
    }
}
