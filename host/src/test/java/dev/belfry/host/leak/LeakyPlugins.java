package dev.belfry.host.leak;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.web.ServerSentEvent;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** One plugin for each kind of leak. */
final class LeakyPlugins {

    private LeakyPlugins() {}

    /** Where tests find a plugin's class loader: in the JDK, so that the test classes do not reference it. */
    static String key(String id) {
        return "belfry.test.loader." + id;
    }

    /** Publishes its class loader, and leaks. */
    abstract static class Leaky implements Plugin {

        @Override
        public void start(PluginContext context) throws Exception {
            System.getProperties()
                    .put(key(context.id()), new WeakReference<>(getClass().getClassLoader()));
            leave(context);
        }

        abstract void leave(PluginContext context) throws Exception;
    }

    /** Compares records: the JDK caches the last type. */
    public static final class RecordPlugin extends Leaky {
        private record Note(RecordPlugin writer) {}

        @Override
        void leave(PluginContext context) {
            if (!new Note(this).equals(new Note(this))) {
                throw new IllegalStateException("records of the same are equal");
            }
        }
    }

    /** Registers a gauge with a function of the plugin. */
    public static final class GaugePlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.metrics().gauge("left.behind", this, self -> 1);
        }
    }

    /** Runs a job that takes longer than its stop. */
    public static final class JobPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.scheduler().every("slow", Duration.ofMillis(10), () -> Thread.sleep(100));
        }
    }

    /** Leaves a waiting thread. */
    public static final class ThreadPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Leaves a thread pool. */
    public static final class PoolPlugin extends Leaky {
        @Override
        void leave(PluginContext context) throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            pool.submit(() -> {}).get();
        }
    }

    /** Leaves a JDBC driver registered. */
    public static final class DriverPlugin extends Leaky implements Driver {
        @Override
        void leave(PluginContext context) throws SQLException {
            DriverManager.registerDriver(this);
        }

        @Override
        public @Nullable Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    /** Leaves a shutdown hook. */
    public static final class HookPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }

    /** Leaves a thread local on a thread of the JDK. */
    public static final class ThreadLocalPlugin extends Leaky {
        private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

        /** The value of the thread local. */
        record Left(int number) {}

        @Override
        void leave(PluginContext context) {
            ForkJoinPool.commonPool().submit(() -> LOCAL.set(new Left(1))).join();
        }
    }

    /** Introspects a bean, which the JDK caches. */
    public static final class BeanPlugin extends Leaky {

        /** The bean. */
        public static final class Bean {
            public int getNumber() {
                return 1;
            }
        }

        @Override
        void leave(PluginContext context) throws IntrospectionException {
            Introspector.getBeanInfo(Bean.class);
        }
    }

    /** The interface of {@link MBeanPlugin}'s MBean. */
    public interface CounterMBean {
        int getCount();
    }

    /** The MBean. */
    public static final class Counter implements CounterMBean {
        @Override
        public int getCount() {
            return 1;
        }
    }

    /** Leaves an MBean registered. */
    public static final class MBeanPlugin extends Leaky {
        @Override
        void leave(PluginContext context) throws Exception {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new Counter(), new ObjectName("belfry.test:type=Counter"));
        }
    }

    /** Leaves a security provider registered. */
    public static final class ProviderPlugin extends Leaky {

        /** Provides nothing. */
        static final class Nothing extends java.security.Provider {
            private static final long serialVersionUID = 1L;

            Nothing() {
                super("belfry-test", "1", "nothing");
            }
        }

        @Override
        void leave(PluginContext context) {
            java.security.Security.addProvider(new Nothing());
        }
    }

    /** Sets the default handler of uncaught exceptions. */
    public static final class HandlerPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
        }
    }

    /** Uses a stream, JSON in both directions, and a configuration. */
    public static final class WebPlugin extends Leaky {

        /** A JSON type for both directions. */
        public record Note(String text) {}

        /** Its configuration. */
        public record Config(@Nullable String tone) {}

        @Override
        void leave(PluginContext context) {
            context.config(Config.class);
            context.routes(routes -> {
                routes.post(
                        "/notes", Access.PUBLIC, (request, caller) -> request.json(request.bodyAsClass(Note.class)));
                routes.events(
                        "/events",
                        Access.PUBLIC,
                        stream -> stream.send(ServerSentEvent.of("1").withName("tick")));
            });
        }
    }

    /** Its migration fails. */
    public static final class MigrationPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.database().migrate("db");
        }
    }

    /** Leaves a thread that ignores interrupts. */
    public static final class DeafThreadPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Thread.ofPlatform().daemon().name("deaf").start(() -> {
                while (!Boolean.getBoolean("belfry.test.end")) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                    Thread.interrupted();
                }
            });
        }
    }

    /** Leaves a virtual thread that waits forever. */
    public static final class VirtualThreadPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Thread.ofVirtual().name("waiting").start(() -> {
                while (!Boolean.getBoolean("belfry.test.end")) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                }
            });
        }
    }

    /** Leaves a timeout far in the future. */
    public static final class TimeoutPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            new CompletableFuture<Void>().orTimeout(2, TimeUnit.MINUTES).exceptionally(failure -> null);
        }
    }

    /** Leaves a timer, whose thread ignores interrupts. */
    public static final class TimerPlugin extends Leaky {
        /** The timer's task. */
        static final class Task extends TimerTask {
            @Override
            public void run() {
                if (Boolean.getBoolean("belfry.test.end")) {
                    cancel();
                }
            }
        }

        @Override
        void leave(PluginContext context) {
            new Timer("left timer", true).schedule(new Task(), 100, 100);
        }
    }

    /** Leaves an object in a list of the JDK that the host does not know. */
    public static final class StaticPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            List<Object> left = new ArrayList<>(List.of(this));
            System.getProperties().put("belfry.test.left", left);
        }
    }
}
