package dev.belfry.host.description;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.access.Permission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A permission that a plugin declares.
 *
 * @param action as policies write it
 * @param meaning what callers with the permission may do, for operators
 */
public record DescribedPermission(String name, String action, String meaning) {

    private static final Set<String> KEYS = Set.of("name", "action", "meaning");

    /** @throws IllegalArgumentException naming the value and the rule */
    static DescribedPermission of(JsonNode item) {
        if (!item.isObject()) {
            throw new IllegalArgumentException("must be an object with name, action and meaning");
        }
        Set<String> unknown = new TreeSet<>();
        item.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the key '" + unknown.iterator().next() + "' is unknown");
        }
        DescribedPermission described =
                new DescribedPermission(text(item, "name"), text(item, "action"), text(item, "meaning"));
        if (action(described.action).isEmpty()) {
            throw new IllegalArgumentException("action must be one of "
                    + Arrays.stream(Permission.Action.values())
                            .map(Permission.Action::policyName)
                            .collect(Collectors.joining(", "))
                    + ", not '" + described.action + "'");
        }
        return described;
    }

    private static String text(JsonNode item, String key) {
        JsonNode value = item.path(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(key + " must be a string that is not blank");
        }
        return value.textValue();
    }

    private static Optional<Permission.Action> action(String name) {
        return Arrays.stream(Permission.Action.values())
                .filter(action -> action.policyName().equals(name))
                .findFirst();
    }

    Permission permission() {
        return new Permission(name, action(action).orElseThrow());
    }
}
