package dev.belfry.host.cli;

import dev.belfry.host.HostVersion;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command {@code belfry}. */
@Command(
        name = "belfry",
        description = "A plugin host for the JVM.",
        versionProvider = BelfryCommand.Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {StartCommand.class, TokenCommand.class, VersionCommand.class, HelpCommand.class})
public final class BelfryCommand {

    private static final String LOG_CONFIG = "logback.configurationFile";

    BelfryCommand() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_CONFIG) == null) {
            System.setProperty(LOG_CONFIG, "dev/belfry/host/logback.xml");
        }
        // PostgreSQL's driver writes to java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BelfryCommand()).setExecutionExceptionHandler(new FailureReport());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"belfry " + HostVersion.current()};
        }
    }
}
