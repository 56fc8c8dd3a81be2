package dev.belfry.cli;

import dev.belfry.host.logging.LogEscaping;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a wrong call: the fault, the usage of the command, and how to get its help, which fills a screen. */
final class UsageFault implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(LogEscaping.of(message(fault)));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.print(command.getHelp().synopsisHeading());
        err.print(command.getHelp().synopsis(0));
        err.println("Try './" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Picocli's words, where they are for people who know picocli. */
    private static String message(ParameterException fault) {
        String message = String.valueOf(fault.getMessage());
        boolean hasGroups = message.contains("([");
        if (message.startsWith("Error: expected only one match")
                || hasGroups && fault instanceof MutuallyExclusiveArgsException) {
            return "Some of the options exclude each other; the usage has a | between them.";
        }
        return message.replaceFirst(
                        "option (option '[^']+' \\(([^)]+)\\) should be in )KEY=VALUE format", "$1the form $2")
                .replaceFirst("Unmatched argument at index \\d+", "The command does not have the argument")
                .replaceFirst("is not an? (int|long)$", "is no whole number");
    }
}
