package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.catalog.EntityRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belfry users check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Shows whether a running host knows a user, the groups of the user, and what the user may do.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the host knows the user",
            "1:the host does not know the user, or has not answered",
            "2:the command was called wrongly"
        },
        footer = {
            "%nNeeds the permission host.users.read. For each missing permission, the output has the lines that grant it.",
            "%nExample:%n  ./belfry users check default/ada"
        })
final class UserCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "USER", description = "A user, such as default/ada or user:default/ada.")
    private String checked = "";

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public Integer call() throws HostClient.RequestFailed {
        host.requireRef("USER", checked, EntityRef.USER);
        JsonNode user = host.get("/api/host/users?user=" + URLEncoder.encode(checked, StandardCharsets.UTF_8));
        boolean inCatalog = user.path("inCatalog").asBoolean();
        output.print(user, inCatalog ? lines(user) : List.of(user.path("user").asText() + " is not in the catalog"));
        return inCatalog ? 0 : 1;
    }

    private static List<String> lines(JsonNode user) {
        List<String> lines = new ArrayList<>();
        lines.add((user.path("user").asText() + "  " + user.path("displayName").asText("")).strip());
        List<String> groups = StreamSupport.stream(user.path("groups").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        lines.add(groups.isEmpty() ? "in no group" : "in " + String.join(", ", groups));
        user.path("permissions").forEach(permission -> lines.add(line(permission)));
        return lines;
    }

    private static String line(JsonNode permission) {
        String remedy = permission.path("remedy").asText("");
        return "%-3s  %-14s %s (%s)%s"
                .formatted(
                        permission.path("allowed").asBoolean() ? "yes" : "no",
                        permission.path("plugin").asText(),
                        permission.path("name").asText(),
                        permission.path("action").asText(),
                        remedy.isEmpty() || remedy.equals("null") ? "" : ": " + remedy);
    }
}
