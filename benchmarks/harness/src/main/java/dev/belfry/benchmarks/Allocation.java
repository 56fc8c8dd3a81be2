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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** How many bytes a request takes from the heap, as Flight Recorder estimates it from samples. */
final class Allocation {

    private static final String EVENT = "jdk.ObjectAllocationSample";
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
        long bytes = 0;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(EVENT)) {
                    bytes += event.getLong("weight");
                }
            }
        }
        Files.delete(recording);
        return new Figure(name, bytes / (rate.perSecond() * time.toSeconds()) / 1024, "KiB");
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
