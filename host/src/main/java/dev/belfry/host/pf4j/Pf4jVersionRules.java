package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.VersionRules;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/** Semantic versions, compared by PF4J. */
final class Pf4jVersionRules implements VersionRules {

    private final VersionManager versions = new DefaultVersionManager();

    @Override
    public int compare(String one, String other) {
        return versions.compareVersions(one, other);
    }

    /** A pre-release is in a range only if its release is: 2.0.0-rc1 is not below 2.0.0. */
    @Override
    public boolean isWithin(String range, String version) {
        boolean within = versions.checkVersionConstraint(version, range);
        int suffix = version.indexOf('-');
        return suffix < 0 || range.contains("-")
                ? within
                : within && versions.checkVersionConstraint(version.substring(0, suffix), range);
    }

    boolean isVersion(String text) {
        try {
            versions.compareVersions(text, text);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    boolean isRange(String text) {
        try {
            versions.checkVersionConstraint("1.0.0", text);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
