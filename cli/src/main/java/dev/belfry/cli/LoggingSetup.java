package dev.belfry.cli;

import dev.belfry.host.logging.SafePatterns;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Logging of the command line. */
final class LoggingSetup {

    private LoggingSetup() {}

    static void configure() {
        // Before logback reads a configuration file of the operator.
        SafePatterns.use();
        // PostgreSQL's driver logs to java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
