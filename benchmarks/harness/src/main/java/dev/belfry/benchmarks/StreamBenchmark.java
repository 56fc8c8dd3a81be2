package dev.belfry.benchmarks;

import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.load.Streams;
import dev.belfry.benchmarks.server.BelfryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The memory of open streams, and how soon a notification for everyone reaches all of them. On SQLite. */
public final class StreamBenchmark {

    private static final DataSet DATA = new DataSet(10_000);
    private static final int BROADCASTS = 20;
    private static final long TIMEOUT = Duration.ofMinutes(5).toNanos();
    private static final Duration REST = Duration.ofSeconds(5);

    private StreamBenchmark() {}

    /** @param args distribution, JAR of the baseline plugin, folder for the database, and the number of streams */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.parseInt(args[3]);
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[2])), "streams");
        BelfryServer.Distribution distribution = new BelfryServer.Distribution(Path.of(args[0]), Path.of(args[1]));
        try (BelfryServer server =
                BelfryServer.start(distribution, folder, BelfryServer.sqlite(), BelfryServer.limits(count), DATA)) {
            measure(server, count);
        }
    }

    private static void measure(BelfryServer server, int count) throws IOException, InterruptedException {
        List<String> authorizations = IntStream.range(0, DataSet.USERS)
                .mapToObj(i -> "Bearer " + server.token("default/u" + i))
                .toList();
        URI address = URI.create(server.notifications().resolve("stream").toString());
        // What is loaded and compiled once does not count for the streams.
        try (Streams warmUp = Streams.open(address, Math.min(count, 200), authorizations::get, TIMEOUT)) {
            broadcasts(server, warmUp, authorizations.getFirst());
        }
        Thread.sleep(REST);
        long before = residentKiB(server);
        long begin = System.nanoTime();
        try (Streams streams =
                Streams.open(address, count, i -> authorizations.get(i % authorizations.size()), TIMEOUT)) {
            double opened = (System.nanoTime() - begin) / 1e9;
            Thread.sleep(REST);
            long idle = residentKiB(server);
            long[] millis = broadcasts(server, streams, authorizations.getFirst());
            Thread.sleep(REST);
            long after = residentKiB(server);
            System.out.printf(
                    "%d streams of %d users: opened in %.1f s; resident %.1f KiB each when idle, %.1f KiB after %d broadcasts;"
                            + " a broadcast reached all of them after %d ms (median), %d ms at most%n",
                    count,
                    Math.min(count, DataSet.USERS),
                    opened,
                    (idle - before) / (double) count,
                    (after - before) / (double) count,
                    BROADCASTS,
                    millis[BROADCASTS / 2],
                    millis[BROADCASTS - 1]);
        }
    }

    /** @return the times until all streams have received each, sorted */
    private static long[] broadcasts(BelfryServer server, Streams streams, String authorization)
            throws IOException, InterruptedException {
        long[] millis = new long[BROADCASTS];
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < BROADCASTS; i++) {
                String title = "Broadcast " + System.nanoTime() + ".";
                HttpRequest create = HttpRequest.newBuilder(server.notifications())
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"title\":\"%s\",\"origin\":\"benchmark\",\"targetUsers\":[]}".formatted(title)))
                        .build();
                long begin = System.nanoTime();
                HttpResponse<String> created = client.send(create, BodyHandlers.ofString());
                if (created.statusCode() != 200) {
                    throw new IOException("a create answered " + created.statusCode() + " " + created.body());
                }
                streams.await(title, TIMEOUT);
                millis[i] = (System.nanoTime() - begin) / 1_000_000;
            }
        }
        return LongStream.of(millis).sorted().toArray();
    }

    private static long residentKiB(BelfryServer server) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(server.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
