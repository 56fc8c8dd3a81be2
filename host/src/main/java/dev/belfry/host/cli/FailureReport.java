package dev.belfry.host.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.backup.BackupFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says why a command failed: what the operator can mend in plain words, everything else with its trace in the log. */
final class FailureReport implements CommandLine.IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        switch (failure) {
            case ConfigurationException faulty -> {
                command.getErr().println("The configuration has faults:");
                faulty.faults().forEach(fault -> command.getErr().println("  " + fault));
            }
            case io.javalin.util.JavalinBindException taken ->
                command.getErr().println("The host cannot listen: " + taken.getMessage());
            case BackupFailed failed -> command.getErr().println(failed.getMessage());
            case HostClient.NoAnswer none -> command.getErr().println(none.getMessage());
            case java.nio.file.NoSuchFileException missing ->
                command.getErr().println("there is no such file: " + missing.getMessage());
            default -> {
                LOG.error("the command failed", failure);
                command.getErr().println("The command failed: " + failure.getMessage());
            }
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
