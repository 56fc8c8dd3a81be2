package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An operation on a plugin of a running host. */
abstract class PluginOperation implements Callable<Integer> {

    private final String verb;

    @Parameters(paramLabel = "ID", description = "The plugin's id.")
    private String id = "";

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    private PluginOperation(String verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() throws HostClient.RequestFailed {
        JsonNode answer = host.post("/api/host/plugins/" + id + "/" + verb);
        output.print(answer, List.of(PluginListCommand.line(answer.path("plugin"))));
        return 0;
    }

    /** {@code belfry plugins restart}. */
    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description = "Starts a plugin anew, also one that has failed. What runs, runs on until then.",
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Restart extends PluginOperation {
        Restart() {
            super("restart");
        }
    }

    /** {@code belfry plugins disable}. */
    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Stops a plugin and keeps it from starting, also after a restart of the host.",
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Disable extends PluginOperation {
        Disable() {
            super("disable");
        }
    }

    /** {@code belfry plugins enable}. */
    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Lets a plugin start that was disabled.",
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Enable extends PluginOperation {
        Enable() {
            super("enable");
        }
    }
}
