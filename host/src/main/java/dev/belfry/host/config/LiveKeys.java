package dev.belfry.host.config;

import java.util.Set;

/**
 * Keys of the host that take effect while it runs.
 *
 * @param paths such as {@code belfry.limits}, with all keys below
 * @param except keys below that need a restart
 */
public record LiveKeys(Set<String> paths, Set<String> except) {

    public static LiveKeys of(String... paths) {
        return new LiveKeys(Set.of(paths), Set.of());
    }

    public LiveKeys except(String... keys) {
        return new LiveKeys(paths, Set.of(keys));
    }

    boolean has(String key) {
        return isBelow(key, paths) && !isBelow(key, except);
    }

    private static boolean isBelow(String key, Set<String> paths) {
        return paths.stream().anyMatch(path -> isSameOrBelow(key, path));
    }

    /** Whether one of the keys is the other one, or a key below it. */
    static boolean overlap(String one, String other) {
        return isSameOrBelow(one, other) || isSameOrBelow(other, one);
    }

    private static boolean isSameOrBelow(String key, String path) {
        return key.equals(path) || key.startsWith(path + ".");
    }
}
