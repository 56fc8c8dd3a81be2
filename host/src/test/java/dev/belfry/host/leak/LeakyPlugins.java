package dev.belfry.host.leak;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
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

/** One plugin for each way to leave something behind. */
final class LeakyPlugins {

    private LeakyPlugins() {}

    /** Where the tests find a plugin's class loader: in the JDK, so that nothing of the tests holds it. */
    static String key(String id) {
        return "belfry.test.loader." + id;
    }

    /** Leaves word of its class loader, and does what it should not. */
    abstract static class Leaky implements Plugin {

        @Override
        public void start(PluginContext context) throws Exception {
            System.getProperties()
                    .put(key(context.id()), new WeakReference<>(getClass().getClassLoader()));
            leave(context);
        }

        abstract void leave(PluginContext context) throws Exception;
    }

    /** Records that are compared: the JDK remembers the last. */
    public static final class RecordPlugin extends Leaky {
        private record Note(RecordPlugin writer) {}

        @Override
        void leave(PluginContext context) {
            if (!new Note(this).equals(new Note(this))) {
                throw new IllegalStateException("records of the same are equal");
            }
        }
    }

    /** A gauge, whose function is a class of the plugin. */
    public static final class GaugePlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.metrics().gauge("left.behind", this, self -> 1);
        }
    }

    /** A job that takes longer than its stop. */
    public static final class JobPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.scheduler().every("slow", Duration.ofMillis(10), () -> Thread.sleep(100));
        }
    }

    /** A thread that waits. */
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

    /** A pool that nobody shuts down. */
    public static final class PoolPlugin extends Leaky {
        @Override
        void leave(PluginContext context) throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            pool.submit(() -> {}).get();
        }
    }

    /** A driver that is registered for ever. */
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

    /** A hook for an end that does not come. */
    public static final class HookPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }

    /** A value on a thread of the JDK's. */
    public static final class ThreadLocalPlugin extends Leaky {
        private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

        /** What is left there. */
        record Left(int number) {}

        @Override
        void leave(PluginContext context) {
            ForkJoinPool.commonPool().submit(() -> LOCAL.set(new Left(1))).join();
        }
    }

    /** A bean that the JDK has looked at. */
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

    /** What {@link MBeanPlugin} shows. */
    public interface CounterMBean {
        int getCount();
    }

    /** Shown to the JDK's management. */
    public static final class Counter implements CounterMBean {
        @Override
        public int getCount() {
            return 1;
        }
    }

    /** An MBean that stays registered. */
    public static final class MBeanPlugin extends Leaky {
        @Override
        void leave(PluginContext context) throws Exception {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new Counter(), new ObjectName("belfry.test:type=Counter"));
        }
    }

    /** A security provider. */
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

    /** The handler of everybody's uncaught exceptions. */
    public static final class HandlerPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
        }
    }

    /** A stream, JSON both ways, and a configuration. */
    public static final class WebPlugin extends Leaky {

        /** Both ways. */
        public record Note(String text) {}

        /** Its section. */
        public record Config(@Nullable String tone) {}

        @Override
        void leave(PluginContext context) {
            context.config(Config.class);
            context.routes(routes -> routes.post(
                            "/notes", Access.PUBLIC, (request, caller) -> request.json(request.bodyAsClass(Note.class)))
                    .sse("/events", Access.PUBLIC, (client, caller) -> {
                        client.sendEvent("tick", "1");
                        client.keepAlive();
                    }));
        }
    }

    /** Tables that cannot be made. */
    public static final class MigrationPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            context.database().migrate("db");
        }
    }

    /** A thread that minds no interrupt. */
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

    /** A virtual thread that waits for ever. */
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

    /** A time limit that is far away. */
    public static final class TimeoutPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            new CompletableFuture<Void>().orTimeout(2, TimeUnit.MINUTES).exceptionally(failure -> null);
        }
    }

    /** A timer, whose thread minds no interrupt. */
    public static final class TimerPlugin extends Leaky {
        /** Its work. */
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

    /** Something of its own in a list of the JDK's that nobody knows of. */
    public static final class StaticPlugin extends Leaky {
        @Override
        void leave(PluginContext context) {
            List<Object> left = new ArrayList<>(List.of(this));
            System.getProperties().put("belfry.test.left", left);
        }
    }
}
