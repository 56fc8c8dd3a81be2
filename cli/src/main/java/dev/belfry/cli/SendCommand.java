package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry send}. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends a notification through a running host.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the notification is stored",
            "1:the notification is not stored",
            "2:the command was called wrongly"
        },
        footer = {
            "%nNeeds the permission notifications.create.",
            "%nExamples:",
            "  ./belfry send 'Backup done' --to default/ada --user default/ops",
            "  ./belfry send 'Maintenance on Sunday' --everyone --message-file notice.md --markdown"
        })
final class SendCommand implements Callable<Integer> {

    /** Where notifications are sent and listed. */
    static final String NOTIFICATIONS = "/api/notifications/notifications";

    @Parameters(paramLabel = "TITLE", description = "The title.")
    private String title = "";

    @ArgGroup(multiplicity = "1")
    private Recipients recipients = new Recipients();

    @Option(names = "--message", paramLabel = "TEXT", description = "The message.")
    private @Nullable String message;

    @Option(names = "--message-file", paramLabel = "FILE", description = "A file with the message, in UTF-8.")
    private @Nullable Path messageFile;

    @Option(names = "--markdown", description = "The message is Markdown.")
    private boolean markdown;

    @Option(names = "--topic", paramLabel = "TEXT", description = "The topic, such as builds.")
    private @Nullable String topic;

    @Option(
            names = "--origin",
            paramLabel = "TEXT",
            defaultValue = "command line",
            description = "The origin. Default: ${DEFAULT-VALUE}.")
    private String origin = "";

    @Option(names = "--action", paramLabel = "TITLE=URL", description = "A button with a link. Can be repeated.")
    private Map<String, String> actions = new LinkedHashMap<>();

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Everyone must be asked for: a list of recipients that came out empty must not reach all. */
    static final class Recipients {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Named named;

        @Option(
                names = "--everyone",
                required = true,
                description = "Sends the notification to all users of the catalog.")
        private boolean everyone;
    }

    /** Users and groups. */
    static final class Named {
        @Option(names = "--to", paramLabel = "USER", description = "A user, such as default/ada. Can be repeated.")
        private List<String> users = List.of();

        @Option(
                names = "--to-group",
                paramLabel = "GROUP",
                description = "A group, such as default/team. Can be repeated.")
        private List<String> groups = List.of();
    }

    @Override
    public Integer call() throws HostClient.RequestFailed {
        if (recipients.named != null) {
            recipients.named.users.forEach(user -> host.requireRef("--to", user, EntityRef.USER));
            recipients.named.groups.forEach(group -> host.requireRef("--to-group", group, EntityRef.GROUP));
        }
        JsonNode sent = host.post(NOTIFICATIONS, notification());
        output.print(sent, List.of("sent " + sent.path("messageId").asText()));
        return 0;
    }

    private ObjectNode notification() {
        ObjectNode notification = JsonNodeFactory.instance.objectNode();
        notification.put("title", title).put("origin", origin);
        message().ifPresent(text -> notification.put("message", text));
        if (markdown) {
            notification.put("format", "markdown");
        }
        if (topic != null) {
            notification.put("topic", topic);
        }
        if (recipients.named != null) {
            recipients.named.users.forEach(notification.putArray("targetUsers")::add);
            recipients.named.groups.forEach(notification.putArray("targetGroups")::add);
        }
        ArrayNode buttons = notification.putArray("actions");
        actions.forEach(
                (button, url) -> buttons.addObject().put("title", button).put("url", url));
        return notification;
    }

    private Optional<String> message() {
        if (messageFile == null) {
            return Optional.ofNullable(message);
        }
        if (message != null) {
            throw new ParameterException(spec.commandLine(), "--message and --message-file: give one of them");
        }
        Path file = WorkingDirectory.resolveFile(messageFile, "--message-file", spec);
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--message-file: " + file + " cannot be read: " + RegularFile.reason(file, e),
                    e);
        }
    }
}
