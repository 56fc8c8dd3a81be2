package dev.belfry.host.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostThreadsTest {

    private static final Duration INTERVAL = Duration.ofMillis(5);

    private final HostThreads threads = new HostThreads();

    /** Even getting its name fails. */
    private static final class UnspeakableError extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new StackOverflowError("while it was described");
        }
    }

    private static void fail(String how) throws Exception {
        switch (how) {
            case "exception" -> throw new IllegalStateException("on purpose");
            case "stack" -> throw new StackOverflowError("on purpose");
            case "memory" -> throw new OutOfMemoryError("on purpose");
            case "interrupt" -> Thread.currentThread().interrupt();
            default -> throw new UnspeakableError();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "stack", "memory", "interrupt", "unspeakable"})
    void aThreadSurvivesAnyExceptionOfAPass(String how) {
        AtomicInteger passes = new AtomicInteger();
        try (RepeatingThread thread = threads.every("look", INTERVAL, () -> {
            if (passes.incrementAndGet() <= 3) {
                fail(how);
            }
        })) {
            thread.start();
            await().until(() -> passes.get() > 5);
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void aFailingThreadMakesTheHostNotReadyAndIsNamed() {
        Health health = new Health(Set.of(), List::of);
        health.addPart(threads::obstacles);
        health.started();
        assertThat(health.obstacles()).isEmpty();
        try (RepeatingThread thread = threads.every("file watch", INTERVAL, () -> {
            throw new StackOverflowError("on purpose");
        })) {
            thread.start();
            await().untilAsserted(() ->
                    assertThat(health.obstacles()).containsExactly("the thread 'file watch' fails: see the log"));
        }
        assertThat(health.obstacles()).isEmpty();
    }

    @Test
    void anEndedTaskIsCountedAndNamed() {
        AtomicInteger ended = new AtomicInteger();
        try (HostThreads.Watch watch =
                threads.watch(() -> ended.get() > 0 ? Optional.of("the thread 'timer' has ended") : Optional.empty())) {
            assertThat(watch).isNotNull();
            assertThat(threads.size()).isEqualTo(1);
            assertThat(threads.obstacles()).isEmpty();
            ended.incrementAndGet();
            assertThat(threads.obstacles()).containsExactly("the thread 'timer' has ended");
        }
        assertThat(threads.size()).isZero();
    }

    @Test
    void aClosedThreadDoesNotAffectReadiness() {
        RepeatingThread thread = threads.every("look", INTERVAL, () -> {});
        thread.start();
        thread.close();

        assertThat(threads.obstacles()).isEmpty();
        assertThat(threads.size()).isZero();
    }
}
