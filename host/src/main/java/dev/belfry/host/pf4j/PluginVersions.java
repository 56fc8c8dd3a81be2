package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Versions;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/** Semantic versions as PF4J compares them. */
final class PluginVersions implements Versions {

    private final VersionManager versions = new DefaultVersionManager();

    @Override
    public int compare(String one, String other) {
        return versions.compareVersions(one, other);
    }

    /** A pre-release of a version that is out of the range is out of it, too: 2.0.0-rc1 does not lie below 2.0.0. */
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
