package dev.belfry.cli;

import dev.belfry.cli.authoring.BuildTool;
import dev.belfry.cli.authoring.NewPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry new-plugin}. */
@Command(
        name = "new-plugin",
        mixinStandardHelpOptions = true,
        description = "Creates the project of a new plugin, with a test.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the project is created",
            "1:the project could not be created",
            "2:the command was called wrongly"
        },
        footer = {
            "%nExample:%n  ./belfry new-plugin two-bells --package org.example.bells",
            "%nThe next steps are in docs/writing-a-plugin.md."
        })
final class NewPluginCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The id of the plugin: lower-case letters, digits and '-'.")
    private String name = "";

    @Option(names = "--directory", paramLabel = "FOLDER", description = "The folder of the project. Default: ./NAME.")
    private @Nullable Path directory;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of the classes. Default: plugins.NAME.")
    private @Nullable String packageName;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "The group id of the Maven or Gradle project. Default: the package.")
    private @Nullable String group;

    @Option(names = "--with-notifications", description = "The plugin sends notifications to users.")
    private boolean withNotifications;

    @Option(names = "--gradle", description = "The project is for Gradle 9.2 or newer. Default: for Maven.")
    private boolean gradle;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try {
            String ownPackage = Optional.ofNullable(packageName).orElseGet(() -> NewPlugin.packageFor(name));
            NewPlugin plugin = new NewPlugin(
                    name,
                    ownPackage,
                    Optional.ofNullable(group).orElse(ownPackage),
                    withNotifications,
                    gradle ? BuildTool.GRADLE : BuildTool.MAVEN,
                    home());
            Path folder =
                    WorkingDirectory.resolve(Optional.ofNullable(directory).orElse(Path.of(name)));
            plugin.writeTo(folder);
            spec.commandLine()
                    .getOut()
                    .printf(
                            """
                    written   %s
                    next      cd %s
                              %s builds it, with its tests
                              %s dev    runs it, and replaces it at each save
                    """,
                            folder,
                            ShellWord.of(folder),
                            gradle ? "gradle build         " : "./mvnw verify        ",
                            ShellWord.of(home().resolve("belfry")));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Belfry's home, as the launcher found it; without a launcher, the artifacts are elsewhere. */
    private static Path home() {
        return Path.of(System.getProperty("belfry.home", "")).toAbsolutePath();
    }
}
