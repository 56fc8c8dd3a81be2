package dev.belfry.installations;

import dev.belfry.cli.InProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs {@code config check} and {@code doctor}. */
final class Check {

    private static final String WARNING = "WARN ";
    private static final String IGNORED = "these keys have no effect";
    private static final String INFORMATION = "INFO ";
    private static final String RESULT = "the host ";
    private static final String WRONG = "WRONG ";
    private static final String DOUBTFUL = "WARN  configuration: ";

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
            } else if (result.exitCode() != 0
                    && Stream.of(IGNORED, INFORMATION, RESULT).noneMatch(line::startsWith)) {
                faults.add(line);
            }
        });
        // The first line is a heading.
        result.err().stream().skip(1).map(String::strip).forEach(faults::add);
        return Report.of(installation, faults, warnings);
    }

    /**
     * What {@code doctor} says.
     *
     * @param wrong the problem
     * @param warnings about the configuration
     */
    record Doctor(List<String> wrong, List<String> warnings) {}

    Doctor doctor() {
        List<String> out = commands.run(installation.configs(), "doctor").out();
        return new Doctor(after(WRONG, out), after(DOUBTFUL, out));
    }

    private List<String> after(String beginning, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> installation.shown(line.substring(beginning.length())))
                .toList();
    }
}
