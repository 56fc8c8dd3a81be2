package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.Config;
import dev.belfry.host.settings.HostSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belfry doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at everything that a start needs, and says of each thing whether it is well or what to do.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:something is not", "2:the command was called wrongly"},
        footer = "%nExample:%n  ./belfry doctor --config config/app-config.production.yaml")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public Integer call() {
        List<Diagnostic> diagnostics = new ArrayList<>();
        diagnostics.add(Diagnostics.java());
        read(diagnostics)
                .ifPresent(
                        config -> diagnostics.addAll(new Diagnostics(config, HostSettings.from(config)).diagnostics()));
        output.print(diagnostics, diagnostics.stream().map(Diagnostic::line).toList());
        return diagnostics.stream().allMatch(Diagnostic::ok) ? 0 : 1;
    }

    private Optional<Config> read(List<Diagnostic> diagnostics) {
        try {
            Config config = option.load();
            HostSettings.from(config);
            diagnostics.add(Diagnostic.well("configuration", option.describe() + " can be read"));
            return Optional.of(config);
        } catch (ConfigurationException faulty) {
            faulty.faults().forEach(fault -> diagnostics.add(Diagnostic.ill("configuration", fault)));
            return Optional.empty();
        }
    }
}
