package dev.belfry.cli;

import dev.belfry.host.config.Config;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belfry config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the configuration.",
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand {

    /** {@code belfry config check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Reads the configuration as a start would, and holds it against the schema of each plugin in the folder of",
                "dynamic plugins. Nothing is started."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:without fault", "1:with faults", "2:the command was called wrongly"},
            footer = "%nExample:%n  ./belfry config check --config config/app-config.production.yaml")
    static final class Check implements Callable<Integer> {

        @Mixin
        private ConfigOption option = new ConfigOption();

        @Mixin
        private JsonOption output = new JsonOption();

        /**
         * What {@code --json} prints.
         *
         * @param ignored keys that have no effect
         */
        record Result(List<String> faults, List<String> warnings, Set<String> ignored) {}

        @Override
        public Integer call() throws IOException {
            Config config = option.load();
            HostSettings settings = HostSettings.from(config);
            List<String> faults = new ArrayList<>();
            Set<String> ids = new TreeSet<>();
            Path folder = settings.dynamicPlugins().rootDirectory();
            for (Path jar : JarFolder.jarsIn(folder)) {
                JarReport report = JarReport.of(jar, config);
                report.plugin().ifPresent(plugin -> ids.add(plugin.id()));
                report.faults().forEach(fault -> faults.add(report.file() + ": " + fault));
            }
            config.noteUnusedSections(ids);
            List<String> warnings = new ArrayList<>(config.notices().warnings());
            if (ids.isEmpty()) {
                warnings.add("the host would have no plugin: " + PluginDiscovery.explainNone(folder));
            }
            Result result = new Result(faults, warnings, config.notices().ignored());
            output.print(result, lines(result));
            return faults.isEmpty() ? 0 : 1;
        }

        private List<String> lines(Result result) {
            List<String> lines = new ArrayList<>(result.faults());
            result.warnings().forEach(warning -> lines.add("WARN " + warning));
            if (!result.ignored().isEmpty()) {
                lines.add("these keys have no effect in Belfry: " + String.join(", ", result.ignored()));
            }
            if (result.faults().isEmpty()) {
                lines.add(option.describe() + " is without fault");
            }
            return lines;
        }
    }
}
