package dev.belfry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belfry plugins verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether a host with this configuration would take these JARs: descriptor, classes, trust, and the",
            "configuration against the plugin's schema. Needs no running host."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all would be taken", "1:one would be refused", "2:the command was called wrongly"},
        footer = {
            "%nExample:%n  ./belfry plugins verify --config config/app-config.production.yaml bell.jar",
            "%nThe entry that it prints is for dynamicPlugins.plugins, where dynamicPlugins.trust is 'listed'."
        })
final class PluginVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "Plugins' JARs.")
    private List<Path> jars = List.of();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public Integer call() {
        List<JarReport> reports = jars.stream()
                .map(jar -> JarReport.of(WorkingDirectory.resolve(jar), config.load()))
                .toList();
        List<String> lines = new ArrayList<>();
        reports.forEach(report -> describe(report, lines));
        output.print(reports, lines);
        return reports.stream().allMatch(JarReport::isGood) ? 0 : 1;
    }

    private static void describe(JarReport report, List<String> lines) {
        lines.add(report.file() + ": " + (report.isGood() ? "a host would take it" : "a host would refuse it:"));
        report.faults().forEach(fault -> lines.add("  " + fault));
        report.entry().ifPresent(entry -> lines.add("  entry: " + entry));
    }
}
