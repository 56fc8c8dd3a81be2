package dev.belfry.cli;

import picocli.CommandLine.Command;

/** {@code belfry plugins}. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at plugins, of a running host and as files, and operates them.",
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
