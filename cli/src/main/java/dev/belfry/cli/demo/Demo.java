package dev.belfry.cli.demo;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.nimbus.JwtIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A running host with the inbox of somebody who works in a small company. It keeps everything in a temporary folder. */
public final class Demo implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int LEAST_PER_DAY = 3;
    private static final int MOST_PER_DAY = 12;

    /** The user of the demo reads everything in the evening of most days. */
    private static final double READING_DAYS = 0.8;

    private static final Duration UNREAD = Duration.ofDays(2);

    /** The demo is the same at each start. */
    private static final long SEED = 7;

    private static final List<String> FILES = List.of("app-config.yaml", "catalog.yaml", "rbac-policy.csv");
    private static final EntityRef SENDER = EntityRef.parse("default/build", EntityRef.USER);
    private static final EntityRef READER = EntityRef.parse("default/guest", EntityRef.USER);
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    private final TempFolder folder;
    private final DemoClock clock = new DemoClock(HISTORY);
    private final RandomGenerator random = new SplittableRandom(SEED);
    private final DemoMessages messages;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Belfry belfry;

    private Demo(TempFolder folder, Config config) throws IOException {
        this.folder = folder;
        this.messages = DemoMessages.read(random);
        this.belfry = Belfry.start(config, Demo.class.getClassLoader(), clock);
    }

    /**
     * Starts a host on a loopback address.
     *
     * @param plugins folder of JARs
     * @param port 0 = a free one
     */
    public static Demo start(Path plugins, int port) throws IOException {
        TempFolder folder = TempFolder.create("belfry-demo");
        try {
            for (String file : FILES) {
                try (InputStream in = Demo.class.getResourceAsStream(file)) {
                    Files.copy(in, folder.path().resolve(file));
                }
            }
            Path config = folder.path().resolve(FILES.getFirst());
            Path own = Files.writeString(
                    folder.path().resolve("app-config.local.yaml"),
                    "backend: { listen: { port: %d } }%ndynamicPlugins: { rootDirectory: '%s' }%n"
                            .formatted(port, plugins.toAbsolutePath().toString().replace("'", "''")));
            return new Demo(folder, Config.load(List.of(config, own)));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public Belfry belfry() {
        return belfry;
    }

    /** Sends the notifications of three months, and reads most of them. Returns how many were sent. */
    public int sendHistory() throws IOException, InterruptedException {
        Instant now = Instant.now();
        int sent = 0;
        for (Instant day = now.minus(HISTORY); day.isBefore(now); day = day.plus(Duration.ofDays(1))) {
            for (Instant time : timesOf(day, now)) {
                clock.advanceTo(time);
                sendNext();
                sent++;
            }
            if (day.isBefore(now.minus(UNREAD)) && random.nextDouble() < READING_DAYS) {
                readAll();
            }
        }
        clock.advanceTo(Instant.now());
        return sent;
    }

    /** Random times of the working hours of a day, in their order, before the present. */
    private List<Instant> timesOf(Instant day, Instant now) {
        Instant morning = day.atZone(ZoneOffset.UTC).with(LocalTime.of(7, 0)).toInstant();
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, random.nextInt(LEAST_PER_DAY, MOST_PER_DAY))
                .mapToObj(i -> morning.plusSeconds(
                        random.nextInt((int) Duration.ofHours(11).toSeconds())))
                .filter(time -> time.isBefore(now) && time.isAfter(clock.instant()))
                .forEach(times::add);
        times.sort(null);
        return times;
    }

    /** Sends one more notification. */
    public void sendNext() throws IOException, InterruptedException {
        send("POST", "/api/notifications/notifications", SENDER, messages.next());
    }

    private void readAll() throws IOException, InterruptedException {
        send("PUT", "/api/notifications/notifications/read-all?messageScope=all", READER, "");
    }

    private void send(String method, String path, EntityRef user, String body)
            throws IOException, InterruptedException {
        String token = JwtIdentity.mint(folder.path().resolve("data"), clock).forUser(user, TOKEN_LIFETIME);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(belfry.address() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    method + " " + path + " got the status " + response.statusCode() + ": " + response.body());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        belfry.close();
        folder.close();
    }
}
