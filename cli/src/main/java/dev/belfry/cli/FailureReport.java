package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.cli.training.TrainingFailed;
import dev.belfry.host.backup.BackupFailed;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.logging.LogEscaping;
import io.javalin.util.JavalinBindException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Reports why a command failed: a plain message for what operators can fix, and a stack trace in the log for everything
 * else.
 */
final class FailureReport implements CommandLine.IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private static final String KEY_OF_PORT =
            "backend.listen.port, or with APP_CONFIG_backend_listen_port in the environment";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean hasPort = command.getCommandSpec().findOption("--port") != null;
        tell(failure, command.getErr(), hasPort ? "--port" : KEY_OF_PORT);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Why the host cannot listen, and what to do. */
    static String whyNotBound(Exception failure) {
        return whyNotBound(failure, KEY_OF_PORT);
    }

    private static String whyNotBound(Exception failure, String whereToSet) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return (message.contains("in use") ? "another process uses the port." : LogEscaping.of(message) + ".")
                + " Set another port with " + whereToSet;
    }

    /** A file that is to be written is missing because its folder is. */
    private static Optional<Path> missingFolder(NoSuchFileException missing) {
        return Optional.ofNullable(missing.getFile())
                .map(file -> Path.of(file))
                .filter(Path::isAbsolute)
                .map(Path::getParent)
                .filter(Files::notExists);
    }

    static void tell(Exception failure, PrintWriter err) {
        tell(failure, err, KEY_OF_PORT);
    }

    /** @param whereToSetPort how the user of this command sets another port */
    private static void tell(Exception failure, PrintWriter err, String whereToSetPort) {
        switch (failure) {
            case ConfigurationException faulty -> {
                err.println("The configuration has faults:");
                faulty.faults().forEach(fault -> err.println("  " + LogEscaping.of(fault)));
            }
            case JavalinBindException taken ->
                err.println(LogEscaping.of(taken.getMessage() + ": " + whyNotBound(taken, whereToSetPort)));
            case BackupFailed failed -> err.println(LogEscaping.of(String.valueOf(failed.getMessage())));
            case TrainingFailed failed -> err.println(LogEscaping.of(String.valueOf(failed.getMessage())));
            case HostClient.RequestFailed none -> err.println(LogEscaping.of(String.valueOf(none.getMessage())));
            case Refusal refusal -> err.println(LogEscaping.of(refusal.reason()));
            case NoSuchFileException missing ->
                err.println(LogEscaping.of(missingFolder(missing)
                        .map(folder -> "the folder " + folder + " does not exist")
                        .orElseGet(() -> "there is no such file: " + missing.getMessage())));
            case InvalidPathException odd ->
                err.println("'" + LogEscaping.of(odd.getInput()) + "' cannot be a path here: "
                        + LogEscaping.of(odd.getReason())
                        + ". If it has letters that ASCII lacks, set LC_ALL=C.UTF-8");
            case FileSystemException unreadable
            when unreadable.getFile() != null ->
                err.println(LogEscaping.of(unreadable.getFile() + " cannot be used: "
                        + RegularFile.reason(Path.of(unreadable.getFile()), unreadable)));
            default -> {
                LOG.error("the command failed", failure);
                err.println("The command failed: " + LogEscaping.of(String.valueOf(failure.getMessage())));
            }
        }
    }
}
