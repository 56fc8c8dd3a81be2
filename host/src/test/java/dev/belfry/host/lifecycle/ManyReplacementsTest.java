package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ServerSentEvent;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is replaced repeatedly under constant load: no request fails, and nothing leaks. */
class ManyReplacementsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LOADERS = "belfry.test.loaders";

    /** Returns its version, with every kind of route. */
    public static final class VersionPlugin implements Plugin {

        /** A JSON type for both directions. */
        public record Said(String version) {}

        @Override
        @SuppressWarnings("unchecked") // the tests put it there
        public void start(PluginContext context) {
            ((Queue<Object>) Objects.requireNonNull(System.getProperties().get(LOADERS)))
                    .add(new WeakReference<>(getClass().getClassLoader()));
            context.database().migrate("db");
            String version = context.version();
            context.metrics().gauge("generation", this, self -> 1);
            context.scheduler().every("tick", Duration.ofMillis(50), () -> {});
            context.healthCheck("self", () -> {});
            context.routes(routes -> {
                routes.get("/text", Access.PUBLIC, (request, caller) -> request.result(version));
                routes.post("/json", Access.PUBLIC, (request, caller) -> {
                    request.bodyAsClass(Said.class);
                    request.json(new Said(version));
                });
                routes.get(
                        "/async",
                        Access.PUBLIC,
                        (request, caller) -> request.future(() -> CompletableFuture.supplyAsync(
                                        () -> version, CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS))
                                .thenAccept(request::result)));
                routes.get("/database", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection = context.database().dataSource().getConnection();
                            PreparedStatement query = connection.prepareStatement("select ?");
                            ResultSet row = answer(query, version)) {
                        row.next();
                        request.result(row.getString(1));
                    }
                });
                routes.events(
                        "/events",
                        Access.PUBLIC,
                        stream -> stream.send(ServerSentEvent.of(version).withName("version")));
            });
        }

        private static ResultSet answer(PreparedStatement query, String value) throws SQLException {
            query.setString(1, value);
            return query.executeQuery();
        }
    }

    @TempDir
    private Path folder;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger newest = new AtomicInteger();
    private final List<Long> served = new ArrayList<>();

    /** One client per path: keep-alive, one request after the other. */
    private Thread load(RunningHost host, AtomicBoolean done, String path) {
        return Thread.ofPlatform().start(() -> {
            try (HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                while (!done.get()) {
                    ask(client, host.uri("/api/bell/" + path));
                }
            }
        });
    }

    private void ask(HttpClient client, URI uri) {
        boolean json = uri.getPath().endsWith("json");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        if (json) {
            request.POST(BodyPublishers.ofString("{\"version\":\"?\"}")).header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            requests.incrementAndGet();
            String version = answer.body().replaceAll("[^0-9.]", "");
            // Record the version before it is dropped: no response may have a version that was never there.
            if (answer.statusCode() != 200
                    || !version.matches("1\\.0\\.\\d+")
                    || Integer.parseInt(version.substring(4)) > newest.get()) {
                failures.add(uri.getPath() + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failures.add(uri.getPath() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Streams end with their version; each is opened again. */
    private Thread streams(RunningHost host, AtomicBoolean done) {
        return Thread.ofPlatform().start(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                while (!done.get()) {
                    HttpResponse<String> answer = client.send(
                            HttpRequest.newBuilder(host.uri("/api/bell/events"))
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            BodyHandlers.ofString());
                    if (answer.statusCode() != 200 || !answer.body().contains("data: 1.0.")) {
                        failures.add("events: " + answer.statusCode() + " " + answer.body());
                    }
                }
            } catch (IOException e) {
                if (!done.get()) {
                    failures.add("events: " + e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Path jar(int number) {
        return PluginJar.of(VersionPlugin.class, "bell", "1.0." + number)
                .file("db/common/V1__bells.sql", "create table bells (name text)")
                .writeTo(folder.resolve("bell-" + number + ".jar"));
    }

    private void replace(RunningHost host, int number) throws IOException {
        Path jar = jar(number);
        newest.set(number);
        Path dropped = folder.resolve("plugins/bell.jar");
        if (number % 2 == 0) {
            Path aside = Files.copy(jar, folder.resolve("plugins/.bell.jar"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(aside, dropped, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.copy(jar, dropped, StandardCopyOption.REPLACE_EXISTING);
        }
        long complete = System.nanoTime();
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> host.get("/api/bell/text").body().equals("1.0." + number));
        served.add((System.nanoTime() - complete) / 1_000_000);
        Files.delete(jar);
    }

    private RunningHost start() throws IOException {
        System.getProperties().put(LOADERS, new ConcurrentLinkedQueue<>());
        RunningHost.dropFolder(folder);
        RunningHost host = RunningHost.start(folder);
        replace(host, 1);
        return host;
    }

    private String figures() {
        List<Long> sorted = new ArrayList<>(served);
        Collections.sort(sorted);
        return served.size() + " replacements, " + requests + " requests, " + failures.size()
                + " failed; file complete to first answer: median " + sorted.get(sorted.size() / 2) + " ms, most "
                + sorted.getLast() + " ms";
    }

    @Test
    void noRequestFailsWhilePluginsAreReplacedUnderLoad() throws Exception {
        try (RunningHost host = start()) {
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> load = List.of(load(host, done, "text"), load(host, done, "json"));
            for (int i = 2; i <= 31; i++) {
                replace(host, i);
            }
            done.set(true);
            for (Thread thread : load) {
                thread.join();
            }
        }
        System.out.println(figures());
        assertThat(failures).isEmpty();
        assertThat(requests.get()).isGreaterThan(300);
        // The target is 1 s; the machine may be busy.
        assertThat(served).allMatch(millis -> millis < 15_000);
    }

    @Test
    @Tag("soak")
    void manyReplacementsLeakNothing() throws Exception {
        try (RunningHost host = start()) {
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> load = new ArrayList<>();
            for (String path : List.of("text", "json", "async", "database")) {
                load.add(load(host, done, path));
            }
            load.add(streams(host, done));
            for (int i = 2; i <= 51; i++) {
                replace(host, i);
            }
            Usage early = usage();
            for (int i = 52; i <= 201; i++) {
                replace(host, i);
            }
            Usage middle = usage();
            for (int i = 202; i <= 351; i++) {
                replace(host, i);
            }
            Usage late = usage();
            done.set(true);
            System.out.println(figures());
            System.out.println("after 50: " + early + "; after 200: " + middle + "; after 350: " + late);

            assertThat(failures).isEmpty();
            // Carrier threads are created on demand, up to their limit.
            assertThat(late.threads()).isLessThanOrEqualTo(middle.threads() + 15);
            assertThat(late.files()).isLessThanOrEqualTo(early.files() + 20);
            assertThat(late.metaspace()).isLessThan(middle.metaspace() + 6_000_000);
            await().atMost(LIMIT).until(() -> held() <= 2);
            Files.delete(folder.resolve("plugins/bell.jar"));
            for (Thread thread : load) {
                thread.join(LIMIT);
            }
        }
    }

    /** @param metaspace bytes */
    private record Usage(int threads, long files, long metaspace) {}

    private static Usage usage() {
        System.gc();
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount(),
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .mapToLong(ManyReplacementsTest::used)
                        .sum());
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    @SuppressWarnings("unchecked") // put there by this test
    private static long held() {
        System.gc();
        Queue<WeakReference<ClassLoader>> loaders = (Queue<WeakReference<ClassLoader>>)
                Objects.requireNonNull(System.getProperties().get(LOADERS));
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }
}
