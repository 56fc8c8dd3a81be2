package dev.belfry.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
        header = "Checks whether a host with this configuration accepts these JARs.",
        description =
                "Checks whether a host with this configuration accepts these JARs: descriptor, classes, trust, and the"
                        + " configuration against the plugin's schema. Needs no running host.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the host accepts all", "1:the host refuses one or more", "2:the command was called wrongly"},
        footer = {
            "%nExample:%n  ./belfry plugins verify --config config/app-config.production.yaml bell.jar",
            "%nThe entry that it prints is for dynamicPlugins.plugins, where dynamicPlugins.trust is 'listed'."
        })
final class PluginVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "JARs of plugins.")
    private List<Path> jars = List.of();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    /** A JAR: whether a host would accept it, and which classes it lacks. */
    record Verification(
            @JsonUnwrapped JarReport report, @JsonUnwrapped ClassReport classes) {

        boolean isGood() {
            return report.isGood() && classes.missing().isEmpty();
        }
    }

    @Override
    public Integer call() {
        List<Verification> found = jars.stream()
                .map(WorkingDirectory::resolve)
                .map(jar -> {
                    JarReport report = JarReport.of(jar, config.load());
                    return new Verification(report, ClassReport.of(jar, config.load()));
                })
                .toList();
        List<String> lines = new ArrayList<>();
        found.forEach(verified -> {
            describe(verified.report(), verified.classes(), lines);
        });
        output.print(found, lines);
        return found.stream().allMatch(Verification::isGood) ? 0 : 1;
    }

    private static void describe(JarReport report, ClassReport classes, List<String> lines) {
        String verdict = !report.isGood()
                ? "a host would refuse it:"
                : classes.missing().isEmpty()
                        ? "a host would accept it"
                        : "a host would accept it, but parts of it would fail:";
        lines.add(report.file() + ": " + verdict);
        classes.missing().forEach(line -> lines.add("  " + line));
        classes.unchecked().forEach(line -> lines.add("  not checked: " + line));
        report.faults().forEach(fault -> lines.add("  " + fault));
        report.plugin().ifPresent(plugin -> plugin.warnings().forEach(warning -> lines.add("  WARN " + warning)));
        report.entry().ifPresent(entry -> lines.add("  entry: " + entry));
    }
}
