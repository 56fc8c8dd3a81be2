package dev.belfry.cli;

import picocli.CommandLine.Command;

/** {@code belfry users}. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks the users of a running host.",
        subcommands = UserCheckCommand.class)
final class UsersCommand {}
