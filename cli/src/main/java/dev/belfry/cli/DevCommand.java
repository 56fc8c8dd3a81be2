package dev.belfry.cli;

import dev.belfry.cli.authoring.BuildFailed;
import dev.belfry.cli.authoring.DevLoop;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.logging.LogEscaping;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code belfry dev}. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        header = "Runs the plugin whose project is in this folder, and replaces it at each save.",
        description = {
            "Runs the plugin whose project is in this folder, and replaces it at each save, until it is interrupted (Ctrl-C).",
            "The host keeps what it needs in the folder .belfry; app-config.yaml of the project lies over its configuration."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:interrupted", "1:the first build failed", "2:the command was called wrongly"},
        footer = "%nExample:%n  cd two-bells && ../belfry/belfry dev")
final class DevCommand implements Callable<Integer> {

    private static final String CONFIG = """
            backend: { listen: { host: 127.0.0.1, port: %d }, database: { client: better-sqlite3, connection: { directory: data } } }
            belfry: { dataDirectory: data }
            auth: { providers: { guest: {} } }
            permission: { enabled: false }
            catalog: { locations: [ { type: file, target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins, trust: any }
            """;

    private static final String CATALOG = """
            kind: User
            metadata: { name: guest }
            """;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "7007", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = WorkingDirectory.path();
        DevLoop loop = new DevLoop(folder, line -> say(out, line));
        try {
            say(out, "building  " + folder);
            loop.build();
        } catch (BuildFailed failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
        try (Belfry belfry = Belfry.start(config(loop))) {
            belfry.plugins()
                    .forEach(plugin -> say(
                            out,
                            "plugin    " + plugin.id() + " " + plugin.version() + " " + plugin.state()
                                    + plugin.reason()
                                            .map(why -> ": " + LogEscaping.of(why))
                                            .orElse("")));
            say(out, "serving   " + belfry.address() + ", replaced at each save");
            loop.run();
        }
        return 0;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private Config config(DevLoop loop) throws IOException {
        Path work = loop.dropFolder().resolveSibling("");
        Path base = Files.writeString(work.resolve("app-config.yaml"), CONFIG.formatted(port));
        Files.writeString(work.resolve("catalog.yaml"), CATALOG);
        List<Path> files = new ArrayList<>(List.of(base));
        Path own = loop.config();
        if (Files.exists(own)) {
            files.add(own);
        }
        return Config.load(files);
    }
}
