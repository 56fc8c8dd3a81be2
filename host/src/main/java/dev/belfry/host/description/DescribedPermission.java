package dev.belfry.host.description;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A permission that a plugin declares.
 *
 * @param action as policies write it
 * @param meaning what callers with the permission may do, for operators
 * @param suggestedRole the role to which the author suggests to grant it; null = none
 * @param grantedByDefault whether every signed-in user has it while no policy names a permission of the plugin
 */
public record DescribedPermission(
        String name,
        String action,
        String meaning,
        @Nullable String suggestedRole,
        boolean grantedByDefault) {

    private static final Set<String> KEYS = Set.of("name", "action", "meaning", "suggestedRole", "grantedByDefault");
    private static final String ROLE = "role";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/-]+");

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
        DescribedPermission described = new DescribedPermission(
                text(item, "name"),
                text(item, "action"),
                text(item, "meaning"),
                item.has("suggestedRole") ? role(text(item, "suggestedRole")) : null,
                item.has("grantedByDefault") && flag(item, "grantedByDefault"));
        if (described.suggestedRole != null && !PLAIN.matcher(described.name).matches()) {
            // A comma in it would make another line of a policy than it seems to be.
            throw new IllegalArgumentException(
                    "with a suggestedRole, name must have letters, digits, '_', '.', ':', '/' and '-' only");
        }
        if (action(described.action).isEmpty()) {
            throw new IllegalArgumentException("action must be one of "
                    + Arrays.stream(Permission.Action.values())
                            .map(Permission.Action::policyName)
                            .collect(Collectors.joining(", "))
                    + ", not '" + described.action + "'");
        }
        return described;
    }

    private static boolean flag(JsonNode item, String key) {
        if (!item.path(key).isBoolean()) {
            throw new IllegalArgumentException(key + " must be a boolean");
        }
        return item.path(key).booleanValue();
    }

    private static String text(JsonNode item, String key) {
        JsonNode value = item.path(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(key + " must be a string that is not blank");
        }
        if (value.textValue().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(key + " must be one line");
        }
        return value.textValue();
    }

    private static String role(String text) {
        try {
            EntityRef role = EntityRef.parse(text, ROLE);
            if (role.kind().equals(ROLE) && role.toString().equals(text)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // The same rule.
        }
        throw new IllegalArgumentException(
                "suggestedRole must be the complete reference of a role, such as role:default/authenticated, not '"
                        + text + "'");
    }

    /** The line of a policy that grants the permission to the suggested role. */
    public Optional<String> policyLine() {
        return Optional.ofNullable(suggestedRole)
                .map(role -> "p, " + role + ", " + name + ", " + action + ", allow # " + meaning);
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
