package dev.belfry.cli;

import picocli.CommandLine.Command;

/** {@code belfry plugins}. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, checks and manages plugins, of a running host and as JARs.",
        subcommands = {
            PluginListCommand.class,
            PluginInspectCommand.class,
            PluginVerifyCommand.class,
            PluginInstallCommand.class,
            PluginPolicyCommand.class,
            PluginEntriesCommand.class,
            PluginSignCommand.class,
            PluginOperation.Restart.class,
            PluginOperation.Disable.class,
            PluginOperation.Enable.class
        })
final class PluginsCommand {}
