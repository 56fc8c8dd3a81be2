package dev.belfry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.logging.LogEscaping;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry notifications import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        header = "Stores exported notifications with their read marks, through a running host.",
        description = {
            "Stores exported notifications with their read marks, through a running host. A repeated import stores nothing twice.",
            "The command reports each line that the host refuses, with its number and the reason, and continues."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all notifications are stored",
            "1:some notifications are not stored; the output has the lines and the reasons",
            "2:the command was called wrongly"
        },
        footer = {
            "%nNeeds the permission notifications.import.",
            "%nExample:%n  ./belfry notifications import notifications.ndjson"
        })
final class NotificationImportCommand implements Callable<Integer> {

    private static final int MAX_LINES = 1000;

    /** Half of the default limit of a body. A longer line is sent alone. */
    private static final int MAX_BYTES = 512 * 1024;

    /** The longest line that can be held. */
    private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The export. Default: the standard input.")
    private @Nullable Path file;

    @Mixin
    private HostClient host = new HostClient();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The output of {@code --json}. */
    record Result(long stored, long present, long refused) {}

    @Override
    public Integer call() throws HostClient.RequestFailed, IOException {
        try (InputStream in = new BufferedInputStream(open());
                HostClient.Connection connection = host.connect()) {
            Run run = new Run(connection);
            run.read(in);
            output.print(
                    new Result(run.stored, run.present, run.refused),
                    List.of(run.stored + " notifications stored, " + run.present + " were stored before, " + run.refused
                            + " lines refused"));
            return run.refused == 0 ? 0 : 1;
        }
    }

    private InputStream open() {
        if (file == null) {
            return System.in;
        }
        Path source = WorkingDirectory.resolveFile(file, "FILE", spec);
        try {
            return Files.newInputStream(source);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "FILE: " + source + " cannot be read: " + RegularFile.reason(source, e), e);
        }
    }

    /** One import: sends the lines in batches. */
    private final class Run {

        private final HostClient.Connection connection;
        private final Progress progress = new Progress(spec.commandLine().getErr());
        private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
        private long sent;
        private int waiting;
        private long stored;
        private long present;
        private long refused;

        Run(HostClient.Connection connection) {
            this.connection = connection;
        }

        void read(InputStream in) throws IOException, HostClient.RequestFailed {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next;
            while ((next = in.read()) >= 0) {
                line.write(next);
                if (next == '\n') {
                    add(line);
                } else if (line.size() > MAX_LINE_BYTES) {
                    send();
                    throw failed(sent + 1, sent + 1, "the line is longer than " + MAX_LINE_BYTES + " bytes");
                }
            }
            if (line.size() > 0) {
                add(line);
            }
            send();
        }

        private void add(ByteArrayOutputStream line) throws IOException, HostClient.RequestFailed {
            if (waiting == MAX_LINES || (waiting > 0 && batch.size() + line.size() > MAX_BYTES)) {
                send();
            }
            line.writeTo(batch);
            line.reset();
            waiting++;
        }

        private void send() throws HostClient.RequestFailed {
            if (waiting == 0) {
                return;
            }
            JsonNode answer;
            try {
                answer = connection.json(connection.send(
                        "POST",
                        SendCommand.NOTIFICATIONS + "/import",
                        BodyPublishers.ofByteArray(batch.toByteArray()),
                        NotificationExportCommand.TYPE));
            } catch (HostClient.RequestFailed e) {
                throw failed(sent + 1, sent + waiting, String.valueOf(e.getMessage()));
            }
            stored += answer.path("stored").asLong();
            present += answer.path("present").asLong();
            for (JsonNode line : answer.path("refused")) {
                refused++;
                spec.commandLine()
                        .getErr()
                        .println(LogEscaping.onOneLine(
                                "line " + (sent + line.path("line").asLong()) + ": "
                                        + line.path("message").asText()));
            }
            sent += waiting;
            waiting = 0;
            batch.reset();
            progress.tell(sent + " lines imported");
        }

        private HostClient.RequestFailed failed(long first, long last, String reason) {
            return new HostClient.RequestFailed(
                    "lines " + first + " to " + last + ": " + reason
                            + ". The lines before are done, the lines after are not. Run the command again: it stores nothing twice");
        }
    }
}
