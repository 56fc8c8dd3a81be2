package dev.belfry.cli;

import dev.belfry.host.HostVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command {@code belfry}. */
@Command(
        name = "belfry",
        description = "A plugin host for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = BelfryCommand.Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            StartCommand.class,
            PluginsCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            SendCommand.class,
            InboxCommand.class,
            NotificationsCommand.class,
            UsersCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            NewPluginCommand.class,
            DemoCommand.class,
            DevCommand.class,
            TrainCommand.class,
            TokenCommand.class,
            GenerateCompletion.class,
            VersionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure; the output has the reason", "2:the command was called wrongly"},
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  BELFRY_JAVA_OPTS          options for the JVM, separated by blanks",
            "  BELFRY_CACHE              the folder of the start-up cache that train creates",
            "  APP_CONFIG_...            single keys of the configuration, such as",
            "                            APP_CONFIG_backend_listen_port=8080",
            "  OTEL_...                  the export of traces, such as",
            "                            OTEL_EXPORTER_OTLP_ENDPOINT",
            "  BELFRY_TOKEN              the token for requests to a running host",
            "  BELFRY_KEYSTORE_PASSWORD  the password of the keystore for plugins sign",
            "%nCompletion for bash and zsh:%n  source <(./belfry generate-completion)",
            "%nEach command has the option --help: ./belfry plugins verify --help. The guides are in docs/."
        })
public final class BelfryCommand {

    BelfryCommand() {}

    public static void main(String[] arguments) {
        LoggingSetup.configure();
        System.exit(StartCommand.filesOfPlainCall(arguments)
                .map(BelfryCommand::start)
                .orElseGet(() -> commandLine().execute(arguments)));
    }

    private static int start(List<Path> files) {
        try {
            StartCommand.run(files, new PrintWriter(System.out, true));
            return 0;
        } catch (RuntimeException failure) {
            FailureReport.tell(failure, new PrintWriter(System.err, true));
            return 1;
        }
    }

    /** All commands, for programs and tests that call them in their own process. */
    public static CommandLine commandLine() {
        return new CommandLine(new BelfryCommand())
                .setParameterExceptionHandler(new UsageFault())
                .setExecutionExceptionHandler(new FailureReport());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"belfry " + HostVersion.current()};
        }
    }
}
