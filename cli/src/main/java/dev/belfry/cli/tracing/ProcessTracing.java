package dev.belfry.cli.tracing;

import dev.belfry.host.tracing.Tracing;
import java.util.Optional;

/**
 * The traces of the process. If no variable asks for them, this class loads none of OpenTelemetry's.
 *
 * @param end exports what is left, for a short time
 */
public record ProcessTracing(Tracing tracing, Runnable end) implements AutoCloseable {

    /** @throws dev.belfry.api.ConfigurationException if a variable has a value that cannot be used */
    public static ProcessTracing start(TraceVariables variables) {
        if (!variables.askForTraces()) {
            return new ProcessTracing(Tracing.off(), () -> {});
        }
        TraceExport export = TraceExport.start();
        return new ProcessTracing(export.tracing(), export::close);
    }

    /**
     * Finds the faults that a start would find. Sends nothing.
     *
     * @return a line about variables without effect
     */
    public static Optional<String> check(TraceVariables variables) {
        start(variables).close();
        return variables.withoutEffect();
    }

    @Override
    public void close() {
        end.run();
    }
}
