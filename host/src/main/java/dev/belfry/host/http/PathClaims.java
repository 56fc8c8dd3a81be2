package dev.belfry.host.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths outside {@code /api/<id>} that the host and plugins have. Two owners never have the same path, or one above the
 * other. Two generations of one plugin may, while one replaces the other.
 */
final class PathClaims {

    static final String HOST = "host";

    /** The deepest mount, which bounds the look-up of a path. */
    static final int MAX_SEGMENTS = 3;

    private static final Pattern PATH = Pattern.compile("(/[a-z0-9][a-z0-9._-]*){1," + MAX_SEGMENTS + "}");

    private final List<Claim> claims = new ArrayList<>();

    /**
     * @param owner plugin id, or {@link #HOST}
     * @param generation distinguishes the generations of one plugin
     */
    private record Claim(String path, String owner, Object generation) {

        boolean overlaps(String other) {
            return isAtOrBelow(path, other) || isAtOrBelow(other, path);
        }
    }

    private static boolean isAtOrBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + "/");
    }

    /** For the host's own paths, before any plugin starts. */
    synchronized void reserve(String path) {
        claims.add(new Claim(path, HOST, this));
    }

    /**
     * @return gives the path back
     * @throws IllegalArgumentException when the path has another form, or is the host's
     * @throws IllegalStateException when the path, one above it or one below it is taken
     */
    synchronized Runnable claim(String path, String plugin, Object generation) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("pages cannot be mounted at '" + path + "': the path must have one to "
                    + MAX_SEGMENTS + " segments of lower-case letters, digits, '-', '_' and '.', such as '/" + plugin
                    + "'");
        }
        obstacle(path, plugin, generation).ifPresent(taken -> {
            if (taken.owner().equals(HOST)) {
                throw new IllegalArgumentException("pages cannot be mounted at '" + path + "': the path '"
                        + taken.path() + "' belongs to the host");
            }
            throw new IllegalStateException("pages cannot be mounted at '" + path + "': the plugin '" + taken.owner()
                    + "' has the path '" + taken.path() + "'");
        });
        Claim claim = new Claim(path, plugin, generation);
        claims.add(claim);
        return () -> release(claim);
    }

    private Optional<Claim> obstacle(String path, String plugin, Object generation) {
        return claims.stream()
                .filter(claim -> claim.overlaps(path))
                .filter(claim -> !claim.owner().equals(plugin) || claim.generation() == generation)
                .findFirst();
    }

    private synchronized void release(Claim claim) {
        claims.removeIf(each -> each == claim);
    }

    synchronized boolean isHosts(String path) {
        return path.equals("/")
                || claims.stream().anyMatch(claim -> claim.owner().equals(HOST) && isAtOrBelow(path, claim.path()));
    }
}
