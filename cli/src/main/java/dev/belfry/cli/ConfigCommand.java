package dev.belfry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belfry config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks the configuration.",
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand {

    /** {@code belfry config check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            header = "Reports errors and warnings of the configuration, without a start.",
            description =
                    "Reports errors and warnings of the configuration, the files that it names, and the plugins in the folder of"
                            + " dynamic plugins, as a start does. Starts nothing.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:there is no error", "1:there are errors", "2:the command was called wrongly"},
            footer = "%nExample:%n  ./belfry config check --config config/app-config.production.yaml")
    static final class Check implements Callable<Integer> {

        @Mixin
        private ConfigOption option = new ConfigOption();

        @Mixin
        private JsonOption output = new JsonOption();

        /**
         * The output of {@code --json}.
         *
         * @param pluginFaults those of the faults that stop only a plugin; the host starts without it
         * @param warnings what a start would log at WARN
         * @param information what a start would log at INFO
         * @param ignored keys that have no effect
         */
        record Result(
                List<String> faults,
                List<String> pluginFaults,
                List<String> warnings,
                List<String> information,
                Set<String> ignored) {}

        @Override
        public Integer call() {
            StartReport report = StartReport.of(option::load, option.classPath(), false);
            Result result = new Result(
                    report.allFaults(),
                    report.pluginFaults(),
                    report.warnings(),
                    report.information(),
                    report.ignored());
            output.print(result, lines(result, report.missingSuppliers()));
            return result.faults().isEmpty() ? 0 : 1;
        }

        private List<String> lines(Result result, List<String> missingSuppliers) {
            List<String> lines = new ArrayList<>(result.faults());
            result.warnings().forEach(warning -> lines.add("WARN " + warning));
            result.information().forEach(information -> lines.add("INFO " + information));
            if (!result.ignored().isEmpty()) {
                lines.add("these keys have no effect in Belfry: " + String.join(", ", result.ignored()));
            }
            if (result.faults().isEmpty()) {
                lines.add(option.describe() + (option.files().size() > 1 ? " are" : " is") + " without fault");
            } else if (result.faults().equals(result.pluginFaults())) {
                lines.add(
                        missingSuppliers.isEmpty()
                                ? "the host starts: each of these errors stops only the plugin of its JAR"
                                : "the host starts, but serves nobody: requests need the plugin "
                                        + String.join(" and ", missingSuppliers));
            } else {
                lines.add("the host does not start"
                        + (result.pluginFaults().isEmpty()
                                ? ""
                                : "; the errors that begin with the path of a JAR would stop only its plugin"));
            }
            return lines;
        }
    }
}
