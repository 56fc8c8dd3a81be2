package dev.belfry.host.cli;

import dev.belfry.host.logging.SafePatterns;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The logs of the command line. */
final class Logs {

    private Logs() {}

    static void configure() {
        // Also for the patterns of a file that the operator names, so before logback reads it.
        SafePatterns.use();
        // PostgreSQL's driver writes to java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
