package dev.belfry.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells the progress of a long command, at most once every two seconds. */
final class Progress {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final PrintWriter out;
    private long last = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** @param done such as {@code 20000 notifications exported} */
    void tell(String done) {
        if (System.nanoTime() - last >= INTERVAL.toNanos()) {
            last = System.nanoTime();
            out.println(done + " ...");
            out.flush();
        }
    }
}
