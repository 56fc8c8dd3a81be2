package dev.belfry.installations;

import dev.belfry.api.ConfigurationException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a command or a start says about an installation. */
record Report(Set<String> faults, Set<String> warnings) {

    static Report of(Installation installation, List<String> faults, List<String> warnings) {
        Set<String> shownFaults = new TreeSet<>();
        faults.forEach(fault -> shownFaults.add(installation.shown(fault)));
        Set<String> shownWarnings = new TreeSet<>();
        warnings.forEach(warning -> shownWarnings.add(installation.shown(warning)));
        return new Report(shownFaults, shownWarnings);
    }

    static Report of(Installation installation, ConfigurationException faulty, List<String> warnings) {
        return of(installation, faulty.faults(), warnings);
    }

    /** @param parts of the warnings that are left out */
    Set<String> warningsWithout(List<String> parts) {
        Set<String> others = new TreeSet<>(warnings);
        others.removeIf(warning -> parts.stream().anyMatch(warning::contains));
        return others;
    }

    boolean starts() {
        return faults.isEmpty();
    }
}
