package dev.belfry.cli;

import dev.belfry.host.HostVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code belfry version}. */
@Command(name = "version", description = "Prints the version of Belfry and of the Java that runs it.")
final class VersionCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().println("belfry " + HostVersion.current() + " on Java " + Runtime.version());
    }
}
