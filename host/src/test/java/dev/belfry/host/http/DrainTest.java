package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting requests complete when their plugin stops, and do not delay the stop. */
class DrainTest {

    private static final int WAITING = 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Well below the drain limit of the tests' hosts, which is 5 s. */
    private static final Duration SOON = Duration.ofSeconds(3);

    /** Its requests wait for an event that never happens. */
    public static final class PatientPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            CompletableFuture<Void> drained = new CompletableFuture<>();
            AtomicInteger waiting = new AtomicInteger();
            context.metrics().gauge("patient.waiting", waiting);
            context.routes(routes -> {
                routes.get("/wait", Access.PUBLIC, (request, caller) -> {
                    waiting.incrementAndGet();
                    request.future(() -> drained.thenRun(() -> request.result("nothing in " + context.version())));
                });
                routes.get("/version", Access.PUBLIC, (request, caller) -> request.result(context.version()));
                routes.onDrain(() -> {
                    throw new IllegalStateException("this does not keep the next from being called");
                });
                routes.onDrain(() -> drained.complete(null));
            });
        }
    }

    @TempDir
    private Path folder;

    private static PluginJar jar(String version) {
        return PluginJar.of(PatientPlugin.class, "patient", version);
    }

    /** Starts waiting requests on the first version, runs an action, and checks the responses and the host. */
    private void whileSomeWait(Consumer<RunningHost> event, Consumer<RunningHost> after) {
        jar("1.0.0").writeTo(RunningHost.dropFolder(folder).resolve("patient.jar"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            RunningHost host = RunningHost.start(folder, "belfry: { limits: { requestsPerPlugin: 4 } }");
            try (host) {
                HttpRequest wait =
                        HttpRequest.newBuilder(host.uri("/api/patient/wait")).build();
                List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                                () -> client.sendAsync(wait, BodyHandlers.ofString()))
                        .limit(WAITING)
                        .toList();
                await().atMost(LIMIT)
                        .until(() ->
                                host.get("/metrics").body().contains("patient_waiting{plugin=\"patient\"} " + WAITING));

                long begin = System.nanoTime();
                event.accept(host);

                assertThat(waiting).allSatisfy(answer -> {
                    assertThat(answer.join().statusCode()).isEqualTo(200);
                    assertThat(answer.join().body()).isEqualTo("nothing in 1.0.0");
                });
                after.accept(host);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
            }
        }
    }

    @Test
    void waitingRequestsEndWhenThePluginIsReplaced() {
        whileSomeWait(
                host -> {
                    new DropFolder(folder).drop(jar("2.0.0"), "patient.jar");
                    DropFolder.awaitAnswer(host, "/api/patient/version", "2.0.0");
                },
                host -> {});
    }

    @Test
    void waitingRequestsEndWhenThePluginIsDisabled() {
        whileSomeWait(
                host -> host.send("POST", "/api/host/plugins/patient/disable", BodyPublishers.noBody()),
                host -> assertThat(host.get("/api/patient/version").statusCode())
                        .isEqualTo(404));
    }

    @Test
    void waitingRequestsEndWhenTheHostStops() {
        whileSomeWait(RunningHost::close, host -> {});
    }

    @Test
    void theHostServesDuringTheShutdownDelayAndIsNotReady() throws Exception {
        jar("1.0.0").writeTo(RunningHost.dropFolder(folder).resolve("patient.jar"));
        RunningHost host = RunningHost.start(folder, "belfry: { shutdownDelay: PT1H }");
        int port = host.port();
        Thread closing = Thread.ofPlatform().start(host::close);
        try {
            await().atMost(LIMIT).until(() -> host.get("/readyz").body().contains("the host is stopping"));

            assertThat(host.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(host.get("/api/patient/version").body()).isEqualTo("1.0.0");
        } finally {
            closing.interrupt();
        }
        assertThat(closing.join(LIMIT)).isTrue();
        assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }
}
