package dev.belfry.host.lifecycle;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Gates that the starts of plugins wait at. A plugin packs its own copy of this class, so gates and events are kept
 * where the test and the plugin both find them.
 */
public final class Gates {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CLOSED = "belfry.test.gates";
    private static final String EVENTS = "belfry.test.events";

    private Gates() {}

    /** Opens all gates and forgets all events. */
    static void reset() {
        System.getProperties().put(CLOSED, new ConcurrentHashMap<String, CountDownLatch>());
        System.getProperties().put(EVENTS, new ConcurrentLinkedQueue<String>());
    }

    /** @param name id and version of the plugin */
    static void close(String name) {
        closed().put(name, new CountDownLatch(1));
    }

    static void open(String name) {
        Objects.requireNonNull(closed().remove(name), name).countDown();
    }

    /** Later starts pass; those that wait keep waiting. */
    static void forget(String name) {
        closed().remove(name);
    }

    static void openAll() {
        closed().values().forEach(CountDownLatch::countDown);
        closed().clear();
    }

    /** Called by plugins. */
    static void pass(String name) throws InterruptedException {
        CountDownLatch gate = closed().get(name);
        tell("begun " + name);
        if (gate != null) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                tell("interrupted " + name);
                throw e;
            }
        }
    }

    static void tell(String event) {
        events().add(event);
    }

    static List<String> told() {
        return List.copyOf(events());
    }

    static void awaitEvent(String event) {
        await(event).atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> events().contains(event));
    }

    @SuppressWarnings("unchecked") // put there by reset()
    private static Map<String, CountDownLatch> closed() {
        return (Map<String, CountDownLatch>)
                Objects.requireNonNull(System.getProperties().get(CLOSED));
    }

    @SuppressWarnings("unchecked") // put there by reset()
    private static Queue<String> events() {
        return (Queue<String>) Objects.requireNonNull(System.getProperties().get(EVENTS));
    }
}
