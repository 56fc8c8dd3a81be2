package dev.belfry.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry notifications export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        header = "Writes all notifications with their read marks, from a running host.",
        description = {
            "Writes all notifications with their read marks, from a running host: one JSON object a line, oldest first.",
            "The output has the messages of all users. Only the owner can read the file."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the export is complete",
            "1:the export is not complete; there is no file",
            "2:the command was called wrongly"
        },
        footer = {
            "%nNeeds the permission notifications.export.",
            "%nExample:%n  ./belfry notifications export --output notifications.ndjson"
        })
final class NotificationExportCommand implements Callable<Integer> {

    static final String TYPE = "application/x-ndjson";

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to write. It must not exist. Default: the standard output.")
    private @Nullable Path file;

    @Mixin
    private HostClient host = new HostClient();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws HostClient.RequestFailed, IOException {
        long exported = file == null ? toStandardOutput() : toFile(WorkingDirectory.resolve(file));
        spec.commandLine().getErr().println(exported + " notifications exported");
        return 0;
    }

    private long toStandardOutput() throws HostClient.RequestFailed, IOException {
        PrintStream out = System.out;
        long exported = write(out);
        // A print stream does not throw.
        if (out.checkError()) {
            throw new HostClient.RequestFailed("the standard output cannot be written; the export is not complete");
        }
        return exported;
    }

    private long toFile(Path target) throws HostClient.RequestFailed, IOException {
        if (Files.exists(target)) {
            throw new ParameterException(spec.commandLine(), "--output: " + target + " exists already");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "--output: the folder " + folder + " does not exist");
        }
        Path part = Files.createTempFile(folder, target.getFileName() + ".", ".part", ownerOnly(folder));
        try {
            long exported;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                exported = write(out);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return exported;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly(@Nullable Path folder) throws IOException {
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Page by page: a host that stops in between is noticed, and neither side holds more than a page. */
    private long write(OutputStream out) throws HostClient.RequestFailed, IOException {
        long exported = 0;
        Progress progress = new Progress(spec.commandLine().getErr());
        try (HostClient.Connection connection = host.connect()) {
            String query = "";
            while (true) {
                HttpResponse<byte[]> page = connection.send(
                        "GET", SendCommand.NOTIFICATIONS + "/export" + query, BodyPublishers.noBody(), TYPE);
                out.write(page.body());
                // A page after a reader continues a notification that is counted.
                if (!query.contains("&reader=")) {
                    exported += lines(page.body());
                }
                Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
                if (!next.matches()) {
                    out.flush();
                    return exported;
                }
                query = next.group(1);
                progress.tell(exported + " notifications exported");
            }
        }
    }

    private static long lines(byte[] page) {
        long lines = 0;
        for (byte character : page) {
            if (character == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
