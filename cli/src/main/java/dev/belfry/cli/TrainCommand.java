package dev.belfry.cli;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.cli.training.AotTrainingFolder;
import dev.belfry.cli.training.TrainingClient;
import dev.belfry.cli.training.TrainingFailed;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code belfry train}. The launcher tells the JVM to write the cache; this command runs the workload that the JVM
 * records.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        header = "Creates the start-up cache.",
        description = {
            "Creates the start-up cache: data that the JVM otherwise computes at each start.",
            "A host runs for some seconds in a temporary folder, on a free port, with the plugins that describe requests"
                    + " for it, and answers these requests. Starts then take a third of the time.",
            "The cache is valid for this installation and this JDK only. Run the command again when either has changed; an"
                    + " invalid cache is not used."
        },
        footerHeading = "%nEnvironment:%n",
        footer =
                "  BELFRY_CACHE  the folder of the cache if the installation is read-only; set it here and for each start")
final class TrainCommand implements Callable<Integer> {

    private static final Path PLUGINS = Path.of("dynamic-plugins");
    private static final EntityRef TRAINEE = EntityRef.parse("default/trainee", EntityRef.USER);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, TrainingFailed {
        PrintWriter out = spec.commandLine().getOut();
        try (AotTrainingFolder folder = AotTrainingFolder.with(PLUGINS)) {
            Config config = folder.config();
            Path data = HostSettings.from(config).belfry().dataDirectory();
            try (Belfry belfry = HostProcess.start(config, out)) {
                String token = JwtIdentity.mint(data, Clock.systemUTC()).forUser(TRAINEE, Duration.ofMinutes(5));
                requireRunning(belfry.plugins());
                new TrainingClient(belfry.address(), token).run(folder);
            }
        }
        return 0;
    }

    private static void requireRunning(List<PluginStatus> plugins) throws TrainingFailed {
        for (PluginStatus plugin : plugins) {
            if (plugin.state() != State.RUNNING) {
                throw new TrainingFailed(
                        plugin.id() + " does not run: " + plugin.reason().orElse("no reason is known"));
            }
        }
    }
}
