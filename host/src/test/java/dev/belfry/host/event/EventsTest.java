package dev.belfry.host.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.event.Events;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.bells.ListenerPlugin;
import dev.belfry.host.bells.RingerPlugin;
import dev.belfry.host.bells.chimes.Chime;
import dev.belfry.host.bells.chimes.Rung;
import dev.belfry.host.bells.chimes.Strike;
import dev.belfry.host.lifecycle.State;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plugin publishes events, another one listens, and both start and stop. */
class EventsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private DropFolder drop;
    private RunningHost host;

    @BeforeEach
    void start() {
        drop = new DropFolder(folder);
        host = RunningHost.start(folder);
        drop.drop(ringer("1.0.0"), "ringer.jar");
        drop.drop(listener("1.0.0"), "listener.jar");
        awaitVersion("listener", "1.0.0");
    }

    @AfterEach
    void stop() {
        ListenerPlugin.silence().release(Integer.MAX_VALUE / 2);
        host.close();
        ListenerPlugin.forget();
    }

    private static PluginJar ringer(String version) {
        return PluginJar.of(RingerPlugin.class, "ringer", version)
                .classes(RingerPlugin.class)
                .classes(Rung.class)
                .attribute("Plugin-Exports", "dev.belfry.host.bells.chimes");
    }

    private static PluginJar listener(String version) {
        return PluginJar.of(ListenerPlugin.class, "listener", version).attribute("Plugin-Dependencies", "ringer");
    }

    private void awaitVersion(String id, String version) {
        await().atMost(LIMIT)
                .until(() -> host.plugins().stream()
                        .anyMatch(plugin -> plugin.id().equals(id)
                                && plugin.version().equals(version)
                                && plugin.state() == State.RUNNING));
    }

    private String post(String path) {
        var response = host.send("POST", "/api/ringer/" + path, BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static void awaitHeard(List<String> events) {
        await().atMost(LIMIT).until(() -> List.copyOf(ListenerPlugin.heard()), events::equals);
    }

    private static List<String> numbered(String version, int count) {
        return IntStream.range(0, count).mapToObj(i -> version + " " + i).toList();
    }

    @Test
    void aListenerGetsTheEventsOfAnotherPluginInOrder() {
        post("ring-often/500");

        awaitHeard(numbered("1.0.0", 500));
    }

    @Test
    void aListenerRunsOnAVirtualThreadInsideItsPlugin() {
        post("ring/where");

        awaitHeard(List.of("virtual true, own loader true, plugin listener"));
    }

    @Test
    void aFailingListenerAffectsNobody() {
        CapturedLog log = CapturedLog.of(Subscription.class);

        post("ring/crack");
        post("ring/ding");

        awaitHeard(List.of("1.0.0 ding"));
        assertThat(log.messages()).anyMatch(line -> line.contains("a listener of plugin 'listener' failed"));
    }

    @Test
    void eventsBeyondTheQueueOfASlowListenerAreDroppedAndCounted() {
        post("ring/silence");
        await().atMost(LIMIT).until(() -> ListenerPlugin.silence().hasQueuedThreads());

        post("ring-often/" + (Events.QUEUE_CAPACITY + 7));
        ListenerPlugin.silence().release();

        awaitHeard(numbered("1.0.0", Events.QUEUE_CAPACITY));
        assertThat(host.get("/metrics").body()).contains("belfry_events_dropped_total{plugin=\"listener\"} 7.0");
    }

    @Test
    void queuedEventsAreDeliveredBeforeTheirPluginStops() {
        post("ring/silence");
        post("ring-often/3");
        await().atMost(LIMIT).until(() -> ListenerPlugin.silence().hasQueuedThreads());

        drop.drop(listener("2.0.0"), "listener.jar");
        awaitVersion("listener", "2.0.0");
        ListenerPlugin.silence().release();

        awaitHeard(numbered("1.0.0", 3));
    }

    @Test
    void aListenerThatHangsDoesNotHoldUpTheStopForEver() {
        post("ring/silence");
        post("ring/ding");
        await().atMost(LIMIT).until(() -> ListenerPlugin.silence().hasQueuedThreads());

        drop.remove("listener.jar");

        await().atMost(LIMIT).until(() -> !ListenerPlugin.silence().hasQueuedThreads());
        assertThat(ListenerPlugin.heard()).isEmpty();
    }

    @Test
    void eachEventReachesOneGenerationDuringAReplacement() {
        AtomicBoolean replaced = new AtomicBoolean();
        CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            for (; count < 50 || !replaced.get(); count++) {
                post("ring/" + count);
            }
            return count;
        });
        await().atMost(LIMIT).until(() -> !ListenerPlugin.heard().isEmpty());
        drop.drop(listener("2.0.0"), "listener.jar");
        await().atMost(LIMIT).until(() -> ListenerPlugin.heard().stream().anyMatch(event -> event.startsWith("2.0.0")));
        replaced.set(true);

        List<String> all =
                IntStream.range(0, sent.join()).mapToObj(Integer::toString).toList();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(ListenerPlugin.heard())
                        .extracting(event -> event.substring("1.0.0 ".length()))
                        .containsExactlyInAnyOrderElementsOf(all));
    }

    @Test
    void noListenerIsCalledAfterItsPluginHasStopped() {
        drop.remove("listener.jar");
        await().atMost(LIMIT).until(() -> host.plugins().size() == 1);

        post("ring/ding");
        drop.drop(listener("2.0.0"), "listener.jar");
        awaitVersion("listener", "2.0.0");
        post("ring/dong");

        awaitHeard(List.of("2.0.0 dong"));
    }

    @Test
    void listenersGetEventsOfTheNewClassesAfterTheExporterIsReplaced() {
        String before = host.plugin("listener").generation().orElseThrow();
        drop.drop(ringer("2.0.0").classes(Chime.class).classes(Strike.class), "ringer.jar");
        awaitVersion("ringer", "2.0.0");
        await().atMost(LIMIT)
                .until(() -> !before.equals(host.plugin("listener").generation().orElseThrow()));

        post("ring/ding");

        awaitHeard(List.of("1.0.0 ding"));
    }

    @Test
    void anEventOfAnUnexportedClassIsRefused() {
        assertThat(post("hidden"))
                .isEqualTo(
                        "the class dev.belfry.host.bells.RingerPlugin$Hidden of an event must be in a package that this"
                                + " plugin or one of its dependencies exports (Plugin-Exports)");
    }
}
