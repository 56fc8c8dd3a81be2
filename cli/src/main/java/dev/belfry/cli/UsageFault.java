package dev.belfry.cli;

import dev.belfry.host.logging.LogEscaping;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a wrong call: the fault, the usage of the command, and how to get its help, which fills a screen. */
final class UsageFault implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(LogEscaping.of(String.valueOf(fault.getMessage())));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.print(command.getHelp().synopsisHeading());
        err.print(command.getHelp().synopsis(0));
        err.println("Try './" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
