package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry inbox}. */
@Command(
        name = "inbox",
        mixinStandardHelpOptions = true,
        description = "Lists the newest unread notifications of a user, from a running host.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the host has answered",
            "1:the host has not answered, or has refused the request",
            "2:the command was called wrongly"
        },
        footer = {
            "%nNeeds the permission notifications.list. --user and USER work where the host accepts development tokens;"
                    + " elsewhere, pass the token of the user with --token.",
            "%nExample:%n  ./belfry inbox default/ada --all"
        })
final class InboxCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "USER",
            description = "The user of the inbox; the same as --user. Default: the user of the token.")
    private @Nullable String user;

    @Option(names = "--all", description = "Lists read notifications as well.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "The maximum number of notifications, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws HostClient.RequestFailed {
        if (limit < 1 || limit > 1000) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to 1000, not " + limit);
        }
        if (user != null && !host.askAs(user)) {
            throw new ParameterException(spec.commandLine(), "USER and --user name the user twice");
        }
        if (user != null) {
            host.requireRef("USER", user, EntityRef.USER);
        }
        JsonNode inbox = host.get(SendCommand.NOTIFICATIONS + "?messageScope=all&pageNumber=1&pageSize=" + limit
                + (all ? "" : "&read=false"));
        List<String> lines = new ArrayList<>();
        inbox.forEach(notification -> lines.add(line(notification)));
        output.print(inbox, lines.isEmpty() ? List.of("no " + (all ? "" : "unread ") + "notifications") : lines);
        return 0;
    }

    private static String line(JsonNode notification) {
        return "%s %-6s %-24s %s"
                .formatted(
                        notification.path("created").asText(),
                        notification.path("readByUser").asBoolean() ? "read" : "unread",
                        notification.path("origin").asText(),
                        notification.path("title").asText());
    }
}
