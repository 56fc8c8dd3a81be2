package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Descriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The packages whose classes the author of a plugin has written: the package of the plugin class, the exported ones, and all below them. A
 * library that was moved below one of them is none of the author's.
 */
record OwnPackages(Set<String> roots) {

    /** Segments by which build tools and projects name the packages of moved libraries. */
    private static final Set<String> MOVED = Set.of(
            "relocated", "repackaged", "shade", "shaded", "shadow", "shadowed", "thirdparty", "vendor", "vendored");

    static OwnPackages of(Descriptor descriptor, String provider) {
        Set<String> roots = new HashSet<>(descriptor.exports());
        roots.add(packageOf(provider));
        return new OwnPackages(Set.copyOf(roots));
    }

    boolean contain(String className) {
        String name = packageOf(className);
        return roots.stream().anyMatch(root -> isAtOrBelow(name, root));
    }

    private static boolean isAtOrBelow(String name, String root) {
        if (root.isEmpty() || name.equals(root)) {
            return name.equals(root);
        }
        return name.startsWith(root + ".")
                && List.of(name.substring(root.length() + 1).split("\\.", -1)).stream()
                        .noneMatch(MOVED::contains);
    }

    private static String packageOf(String className) {
        int end = className.lastIndexOf('.');
        return end < 0 ? "" : className.substring(0, end);
    }
}
