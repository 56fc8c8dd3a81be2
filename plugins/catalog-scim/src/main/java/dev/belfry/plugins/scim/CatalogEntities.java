package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts resources to entities of the catalog. */
final class CatalogEntities {

    private static final int MAX_TEXT = 255;

    private CatalogEntities() {}

    /** Inactive users are left out. Members that do not exist are ignored. */
    static List<CatalogEntity> of(List<StoredResource> resources) {
        Map<String, EntityRef> refs = HashMap.newHashMap(resources.size());
        resources.forEach(resource -> refs.put(resource.id(), resource.ref()));
        Map<EntityRef, Set<EntityRef>> groups = new HashMap<>();
        for (StoredResource group : resources) {
            for (JsonNode member : elements(group, "members")) {
                EntityRef ref = refs.get(Scim.text(member, "value"));
                if (ref != null && !ref.equals(group.ref())) {
                    groups.computeIfAbsent(ref, any -> new LinkedHashSet<>()).add(group.ref());
                }
            }
        }
        List<CatalogEntity> entities = new ArrayList<>(resources.size());
        for (StoredResource resource : resources) {
            if (isActive(resource)) {
                entities.add(entity(resource, groups.getOrDefault(resource.ref(), Set.of())));
            }
        }
        return entities;
    }

    private static boolean isActive(StoredResource resource) {
        JsonNode active = resource.content().get("active");
        return active == null || active.asBoolean(true);
    }

    private static CatalogEntity entity(StoredResource resource, Set<EntityRef> groups) {
        CatalogEntity entity = CatalogEntity.of(resource.ref()).withMemberOf(groups);
        String name = displayName(resource);
        if (isText(name)) {
            entity = entity.withDisplayName(name);
        }
        String email = email(resource);
        return isText(email) ? entity.withEmail(email) : entity;
    }

    private static String displayName(StoredResource resource) {
        String name = Scim.text(resource.content(), "displayName");
        JsonNode parts = resource.content().get("name");
        if (!name.isBlank() || parts == null) {
            return name;
        }
        String formatted = Scim.text(parts, "formatted");
        return formatted.isBlank()
                ? (Scim.text(parts, "givenName") + " " + Scim.text(parts, "familyName")).strip()
                : formatted;
    }

    /** The primary one, else the first one. */
    private static String email(StoredResource resource) {
        List<JsonNode> emails = elements(resource, "emails");
        return Stream.concat(
                        emails.stream().filter(email -> email.path("primary").asBoolean()), emails.stream())
                .map(email -> Scim.text(email, "value"))
                .findFirst()
                .orElse("");
    }

    private static List<JsonNode> elements(StoredResource resource, String attribute) {
        @Nullable JsonNode array = resource.content().get(attribute);
        List<JsonNode> elements = new ArrayList<>();
        if (array != null && array.isArray()) {
            array.forEach(elements::add);
        }
        return elements;
    }

    /** The catalog refuses other texts; the identity provider has no such rule. */
    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(letter -> Character.getType(letter) == Character.CONTROL);
    }
}
