package dev.belfry.host.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.threads.HostThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void aJobThatThrowsRunsAgain() throws Exception {
        HostThreads threads = new HostThreads();
        List<Throwable> thrown = List.of(
                new IllegalStateException("on purpose"),
                new AssertionError("on purpose"),
                new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose"));
        AtomicInteger runs = new AtomicInteger();
        try (Jobs jobs = new Jobs(threads);
                AutoCloseable job = jobs.every("ring", Duration.ofMillis(5), () -> {
                    int run = runs.getAndIncrement();
                    if (run < thrown.size()) {
                        throw JobsTest.<RuntimeException>sneaky(thrown.get(run));
                    }
                })) {
            assertThat(job).isNotNull();
            await().until(() -> runs.get() > thrown.size() + 1);
            assertThat(threads.obstacles()).isEmpty();
            assertThat(threads.size()).isEqualTo(1);
        }
        assertThat(threads.size()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
