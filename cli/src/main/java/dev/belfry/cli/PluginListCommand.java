package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belfry plugins list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the plugins of a running host, each with its state and the reason.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the host has answered",
            "1:the host has not answered, or has refused the request",
            "2:the command was called wrongly"
        },
        footer = {"%nNeeds the permission host.plugins.read.", "%nExample:%n  ./belfry plugins list --user default/ada"
        })
final class PluginListCommand implements Callable<Integer> {

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public Integer call() throws HostClient.RequestFailed {
        JsonNode plugins = host.get("/api/host/plugins");
        List<String> lines = new ArrayList<>();
        plugins.forEach(plugin -> lines.add(line(plugin)));
        output.print(plugins, lines);
        return 0;
    }

    static String line(JsonNode plugin) {
        String reason = plugin.path("reason").asText("");
        return "%-24s %-12s %-9s %s%s"
                .formatted(
                        plugin.path("id").asText(),
                        plugin.path("version").asText(),
                        plugin.path("state").asText().toLowerCase(Locale.ROOT),
                        plugin.path("file").isTextual()
                                ? plugin.path("file").asText()
                                : plugin.path("origin").asText(),
                        reason.isEmpty() || reason.equals("null") ? "" : ": " + reason);
    }
}
