package dev.belfry.benchmarks;

import dev.belfry.benchmarks.load.Rate;
import dev.belfry.benchmarks.load.Request;
import dev.belfry.benchmarks.load.Wrk;
import dev.belfry.benchmarks.report.Figure;
import dev.belfry.benchmarks.server.BelfryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** How many bytes a request takes from the heap, as Flight Recorder sees it at the collections. */
final class Allocation {

    private static final String EVENT = "jdk.GCHeapSummary";
    private static final String BEFORE = "Before GC";
    private static final String RECORDING = "belfry-benchmark";
    private static final int CONNECTIONS = 32;

    private final Path jcmd;
    private final Path folder;
    private final Wrk wrk;

    Allocation(Path folder, Wrk wrk) {
        this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        this.folder = folder;
        this.wrk = wrk;
    }

    Figure perRequest(String name, BelfryServer server, Request request, Duration time)
            throws IOException, InterruptedException {
        Path recording = folder.resolve("allocation.jfr");
        jcmd(server, "JFR.start", "name=" + RECORDING, "settings=profile");
        Rate rate = wrk.measure(request, CONNECTIONS, time);
        jcmd(server, "JFR.dump", "name=" + RECORDING, "filename=" + recording);
        jcmd(server, "JFR.stop", "name=" + RECORDING);
        double bytesPerSecond = bytesPerSecond(recording);
        Files.delete(recording);
        return new Figure(name, bytesPerSecond / rate.perSecond() / 1024, "KiB");
    }

    /** What came between the collections: each finds more on the heap than the one before has left. */
    private static double bytesPerSecond(Path recording) throws IOException {
        List<RecordedEvent> summaries = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .dropWhile(event -> event.getString("when").equals(BEFORE))
                .toList();
        long bytes = 0;
        long left = 0;
        Instant end = Instant.EPOCH;
        for (RecordedEvent summary : summaries) {
            if (summary.getString("when").equals(BEFORE)) {
                bytes += summary.getLong("heapUsed") - left;
                end = summary.getStartTime();
            } else {
                left = summary.getLong("heapUsed");
            }
        }
        if (bytes == 0) {
            throw new IOException("there were too few collections to see what was allocated");
        }
        return bytes
                / (Duration.between(summaries.getFirst().getStartTime(), end).toNanos() / 1e9);
    }

    private void jcmd(BelfryServer server, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), String.valueOf(server.pid())));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
    }
}
