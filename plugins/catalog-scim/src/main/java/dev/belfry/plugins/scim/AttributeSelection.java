package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a response contains (RFC 7644, section 3.9). A part of an attribute, such as {@code name.givenName}, selects the
 * whole attribute.
 *
 * @param attributes in lower case; empty = all
 * @param excluded in lower case; ignored when {@code attributes} are given
 */
record AttributeSelection(Set<String> attributes, Set<String> excluded) {

    /** Always returned. */
    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    static AttributeSelection of(@Nullable String attributes, @Nullable String excluded) {
        return new AttributeSelection(names(attributes), names(excluded));
    }

    private static Set<String> names(@Nullable String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(",", -1))
                        .map(name -> CoreSchema.withoutUrn(name.strip()).toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Changes and returns the document. */
    ObjectNode applyTo(ObjectNode document) {
        List<String> present = document.properties().stream()
                .map(property -> property.getKey())
                .toList();
        present.stream()
                .filter(name -> !isReturned(name.toLowerCase(Locale.ROOT)))
                .forEach(document::remove);
        return document;
    }

    private boolean isReturned(String name) {
        if (ALWAYS.contains(name)) {
            return true;
        }
        return attributes.isEmpty()
                ? !excluded.contains(name)
                : attributes.stream()
                        .anyMatch(wanted ->
                                wanted.equals(name) || wanted.startsWith(name + ".") || wanted.startsWith(name + ":"));
    }
}
