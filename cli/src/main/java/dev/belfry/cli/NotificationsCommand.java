package dev.belfry.cli;

import picocli.CommandLine.Command;

/** {@code belfry notifications}. */
@Command(
        name = "notifications",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Exports and imports the notifications of a running host.",
        subcommands = {NotificationExportCommand.class, NotificationImportCommand.class})
final class NotificationsCommand {}
