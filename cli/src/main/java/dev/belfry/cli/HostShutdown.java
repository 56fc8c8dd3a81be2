package dev.belfry.cli;

import dev.belfry.host.Belfry;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the host once, within a time limit, even if something hangs. */
final class HostShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(HostShutdown.class);
    private static final int NOT_CLEAN = 1;
    private static final int STACK_DEPTH = 8;

    private final Belfry belfry;
    private final Duration limit;
    private final Consumer<String> progress;
    private boolean over;

    HostShutdown(Belfry belfry, Duration limit, Consumer<String> progress) {
        this.belfry = belfry;
        this.limit = limit;
        this.progress = progress;
    }

    /** A second caller waits for the first. */
    synchronized void run() {
        if (over) {
            return;
        }
        progress.accept("stopping");
        Thread closing = Thread.ofPlatform().daemon().name("close").start(belfry::close);
        try {
            if (!closing.join(limit)) {
                end(closing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        progress.accept("stopped");
    }

    /** Halts the JVM: a thread that hangs would prevent any other exit. */
    private void end(Thread closing) {
        LOG.error(
                "shutdown took longer than {} (belfry.shutdownDelay and belfry.stopTimeout), so the process is halted. It was at {}",
                limit,
                Arrays.stream(closing.getStackTrace())
                        .limit(STACK_DEPTH)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
        progress.accept("stopped   not cleanly: the stop took longer than " + limit);
        Runtime.getRuntime().halt(NOT_CLEAN);
    }
}
