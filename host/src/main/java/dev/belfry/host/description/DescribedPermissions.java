package dev.belfry.host.description;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.access.Permission;
import dev.belfry.host.files.JsonFile;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The permissions that a plugin's JAR describes. The plugin declares the same ones when it starts, so a policy can be checked without
 * starting it.
 */
public record DescribedPermissions(List<DescribedPermission> list) {

    /** Its path in the JAR. */
    public static final String FILE = "META-INF/belfry/permissions.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public DescribedPermissions {
        list = List.copyOf(list);
    }

    /**
     * @param location the plugin's JAR or folder of classes
     * @return empty when it has no such file
     * @throws IllegalArgumentException when the file is wrong
     */
    public static Optional<DescribedPermissions> in(URL location) {
        return JsonFile.read(location, FILE, JSON).map(DescribedPermissions::of);
    }

    private static DescribedPermissions of(JsonNode document) {
        if (!document.isArray()) {
            throw new IllegalArgumentException(FILE + " must be an array");
        }
        List<DescribedPermission> list = new ArrayList<>();
        for (int i = 0; i < document.size(); i++) {
            try {
                list.add(DescribedPermission.of(document.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(FILE + ": [" + i + "]: " + e.getMessage(), e);
            }
        }
        return new DescribedPermissions(list);
    }

    public Set<Permission> all() {
        return list.stream().map(DescribedPermission::permission).collect(Collectors.toUnmodifiableSet());
    }

    /** The permissions that every signed-in user has while no policy names a permission of the plugin. */
    public Set<Permission> grantedByDefault() {
        return list.stream()
                .filter(DescribedPermission::grantedByDefault)
                .map(DescribedPermission::permission)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param granted the permissions that the plugin grants by default
     * @throws IllegalArgumentException naming each permission that is only described, or only declared
     */
    public void requireEqual(Set<Permission> declared, Set<Permission> granted) {
        requireEqual(declared);
        String other =
                shown(all(), permission -> grantedByDefault().contains(permission) != granted.contains(permission));
        if (!other.isEmpty()) {
            throw new IllegalArgumentException(FILE
                    + " must have grantedByDefault: true for the permissions that the plugin grants by default, and for no"
                    + " others; it differs in " + other);
        }
    }

    private void requireEqual(Set<Permission> declared) {
        Set<Permission> described = all();
        String missing = shown(declared, permission -> !described.contains(permission));
        String unused = shown(described, permission -> !declared.contains(permission));
        if (!missing.isEmpty() || !unused.isEmpty()) {
            throw new IllegalArgumentException(
                    FILE + " must have the permissions that the plugin declares while it starts, and no others"
                            + (missing.isEmpty() ? "" : "; it lacks " + missing)
                            + (unused.isEmpty() ? "" : "; the plugin does not declare " + unused));
        }
    }

    private static String shown(Set<Permission> permissions, Predicate<Permission> included) {
        return String.join(
                ", ",
                permissions.stream()
                        .filter(included)
                        .map(permission ->
                                permission.name() + " (" + permission.action().policyName() + ")")
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
