package dev.belfry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belfry doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks everything that a start needs, and says what to do about each problem.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:there is no problem", "1:there are problems", "2:the command was called wrongly"},
        footer = "%nExample:%n  ./belfry doctor --config config/app-config.production.yaml")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public Integer call() {
        StartReport report = StartReport.of(option::load, option.classPath(), true);
        List<Diagnostic> diagnostics = new ArrayList<>();
        diagnostics.add(Diagnostics.java());
        report.faults().forEach(fault -> diagnostics.add(Diagnostic.ill("configuration", fault)));
        report.warnings().forEach(warning -> diagnostics.add(Diagnostic.warning("configuration", warning)));
        report.information().forEach(information -> diagnostics.add(Diagnostic.well("configuration", information)));
        if (report.faults().isEmpty()) {
            diagnostics.add(Diagnostic.well("configuration", option.describe() + " can be read"));
        }
        report.settings()
                .ifPresent(settings -> diagnostics.addAll(new Diagnostics(settings, report.jars()).diagnostics()));
        output.print(diagnostics, diagnostics.stream().map(Diagnostic::line).toList());
        return diagnostics.stream().allMatch(Diagnostic::ok) ? 0 : 1;
    }
}
