package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.host.lifecycle.Descriptor;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An operation on a plugin of a running host. */
abstract class PluginOperation implements Callable<Integer> {

    private final String verb;

    /** Whether the operation starts the plugin. */
    private final boolean starts;

    @Parameters(paramLabel = "ID", description = "The id of the plugin.")
    private String id = "";

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PluginOperation(String verb, boolean starts) {
        this.verb = verb;
        this.starts = starts;
    }

    @Override
    public Integer call() throws HostClient.RequestFailed {
        if (!Descriptor.isId(id)) {
            throw new ParameterException(spec.commandLine(), "ID: '" + id + "' is not a plugin id");
        }
        JsonNode answer = host.post("/api/host/plugins/" + id + "/" + verb);
        output.print(answer, List.of(PluginListCommand.line(answer.path("plugin"))));
        if (starts) {
            requireStarted(answer);
        }
        return 0;
    }

    /** @throws HostClient.RequestFailed when the start has failed, also if an older generation runs on */
    private void requireStarted(JsonNode answer) throws HostClient.RequestFailed {
        for (JsonNode version : answer.path("versions")) {
            if (version.path("failure").isTextual()) {
                JsonNode now = answer.path("plugin");
                String outcome = now.path("generation").isTextual()
                        ? "the generation " + now.path("generation").asText() + " runs on"
                        : "the plugin does not run";
                throw new HostClient.RequestFailed(
                        "the start of '" + id + "' " + version.path("version").asText()
                                + " failed, and " + outcome + ": "
                                + version.path("reason").asText());
            }
        }
    }

    /** {@code belfry plugins restart}. */
    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description =
                    "Restarts a plugin, also one that has failed. The old generation serves until the new one has started.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the plugin has started",
                "1:the start has failed, also if the old generation still runs; or the host has not answered",
                "2:the command was called wrongly"
            },
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Restart extends PluginOperation {
        Restart() {
            super("restart", true);
        }
    }

    /** {@code belfry plugins disable}. */
    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Stops a plugin and prevents its start, also after a restart of the host.",
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Disable extends PluginOperation {
        Disable() {
            super("disable", false);
        }
    }

    /** {@code belfry plugins enable}. */
    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Enables a disabled plugin, and starts it.",
            footer = "%nNeeds the permission host.plugins.update.")
    static final class Enable extends PluginOperation {
        Enable() {
            super("enable", true);
        }
    }
}
