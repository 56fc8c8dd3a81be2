package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.QueueHandler;
import dev.belfry.api.scheduling.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin's own test fails when the plugin leaves something behind, without being asked. */
@Tag("soak")
class LeakCheckTest {

    @TempDir
    private Path folder;

    /** Leaves nothing. */
    public static final class TidyPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get(
                    "/now",
                    Access.PUBLIC,
                    (request, caller) ->
                            request.result(context.clock().instant().toString())));
        }
    }

    /** Leaves a thread. */
    public static final class ThreadPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            Thread.ofPlatform().daemon().name("forgotten").start(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Leaves a connection. */
    public static final class ConnectionPlugin implements Plugin {
        @Override
        public void start(PluginContext context) throws Exception {
            context.database().dataSource().getConnection();
        }
    }

    /** Leaves a virtual thread, which holds its classes. */
    public static final class ClassesPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            Thread.ofVirtual().name("for-ever").start(() -> {
                while (!Boolean.getBoolean("belfry.test.end")) {
                    LockSupport.parkNanos(100_000_000);
                }
            });
        }
    }

    /** Uses what runs in the background, with classes of its own. */
    public static final class BusyPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.httpClient();
            DurableQueue<Thread.State> queue = context.queue("states", Thread.State.class, new Handler());
            context.scheduler().everyOnOneHost("job", Duration.ofMillis(10), new Handler());
            context.routes(
                    routes -> routes.post("/put", Access.PUBLIC, (request, caller) -> queue.put(Thread.State.NEW)));
        }

        /** Of the plugin's class loader. */
        public static final class Handler implements QueueHandler<Thread.State>, Scheduler.Job {
            @Override
            public void handle(Thread.State payload) {}

            @Override
            public void run() {}
        }
    }

    private TestHost start(Class<? extends Plugin> plugin) throws IOException {
        return TestHost.with(plugin).fromJar(TestedJar.of(plugin, folder)).start();
    }

    @Test
    void aCleanPluginPasses() throws IOException {
        try (TestHost host = start(TidyPlugin.class)) {
            assertThat(host.anonymous().get("/api/tested/now").statusCode()).isEqualTo(200);
        }
    }

    /** Out of a JAR: the host ends it, and the author is told. */
    @Test
    void aLeakedThreadIsReported() throws IOException {
        TestHost host = start(ThreadPlugin.class);
        assertThatThrownBy(host::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the plugin has left behind: the thread 'forgotten'");
    }

    /** On the class path: whose it is cannot be told, so every thread that is new counts. */
    @Test
    void aLeakedThreadOfAStaticPluginIsReported() throws IOException {
        Thread forgotten = Thread.ofPlatform().daemon().name("forgotten").unstarted(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        TestHost host = start(TidyPlugin.class);
        forgotten.start();
        assertThatThrownBy(host::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the plugin has left behind: the thread 'forgotten' at");
        forgotten.interrupt();
    }

    @Test
    void tasksLeaveNothingBehind() throws IOException {
        try (TestHost host = TestHost.with(BusyPlugin.class)
                .fromJar(TestedJar.of(BusyPlugin.class, folder, BusyPlugin.Handler.class))
                .start()) {
            assertThat(host.anonymous().post("/api/tested/put").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLeakedConnectionIsReported() throws IOException {
        TestHost host = start(ConnectionPlugin.class);
        assertThatThrownBy(host::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("database connections that were not closed: 1");
    }

    @Test
    void classesThatCannotBeUnloadedAreReported() throws IOException {
        System.clearProperty("belfry.test.end");
        TestHost host = start(ClassesPlugin.class);
        assertThatThrownBy(host::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its classes (tested#1), referenced by the thread")
                .hasMessageContaining("for-ever");
        System.setProperty("belfry.test.end", "true");
    }

    @Test
    void theManualClockAdvancesTheHost() throws IOException {
        ManualClock clock = ManualClock.at(Instant.parse("2030-01-01T00:00:00Z"));
        try (TestHost host = TestHost.with(TidyPlugin.class)
                .fromJar(TestedJar.of(TidyPlugin.class, folder))
                .clock(clock)
                .start()) {
            clock.advance(Duration.ofDays(1));

            assertThat(host.as("ada").get("/api/tested/now").body()).isEqualTo("2030-01-02T00:00:00Z");
        }
    }
}
