package dev.belfry.installations;

import dev.belfry.cli.InProcess;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code config check} and {@code doctor}. */
final class Check {

    private static final String WARNING = "WARN ";
    private static final String IGNORED = "these keys have no effect";
    private static final String WRONG = "WRONG ";

    private final Installation installation;
    private final InProcess commands;

    Check(Installation installation) {
        this.installation = installation;
        commands = new InProcess(installation.environment(), installation.belfry());
    }

    Report config() {
        InProcess.Result result = commands.run(installation.configs(), "config", "check");
        List<String> warnings = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        result.out().forEach(line -> {
            if (line.startsWith(WARNING)) {
                warnings.add(line.substring(WARNING.length()));
            } else if (result.exitCode() != 0 && !line.startsWith(IGNORED)) {
                faults.add(line);
            }
        });
        // The first line is a heading.
        result.err().stream().skip(1).map(String::strip).forEach(faults::add);
        return Report.of(installation, faults, warnings);
    }

    /** The diagnostics that are not well. */
    List<String> doctor() {
        return commands.run(installation.configs(), "doctor").out().stream()
                .filter(line -> line.startsWith(WRONG))
                .map(line -> installation.shown(line.substring(WRONG.length())))
                .toList();
    }
}
