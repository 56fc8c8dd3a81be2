package dev.belfry.host.leak;

import java.beans.Introspector;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.lang.runtime.ObjectMethods;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a plugin's registrations in the JDK's global lists. */
final class LeakCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(LeakCleaner.class);

    private final String generation;
    private final PluginClasses pluginClasses;
    private final List<String> forgotten = new ArrayList<>();

    LeakCleaner(String generation, PluginClasses pluginClasses) {
        this.generation = generation;
        this.pluginClasses = pluginClasses;
    }

    /** @return descriptions of the removed resources */
    List<String> run() {
        drivers();
        shutdownHooks();
        beans();
        securityProviders();
        uncaughtHandler();
        forgotten.addAll(new ThreadCleaner(generation, pluginClasses).run());
        Introspector.flushCaches();
        forgetRecords();
        ResourceBundle.clearCache(pluginClasses.loader());
        return List.copyOf(forgotten);
    }

    private void forgot(String what, String removed) {
        forgotten.add("the " + what + " " + removed);
        LOG.warn("{}: the plugin left its {} {} behind; the host removes it", generation, what, removed);
    }

    private void drivers() {
        JdkInternals.read("java.sql.DriverManager", "registeredDrivers", null)
                .ifPresent(list -> ((Collection<?>) list).removeIf(entry -> {
                    Optional<Object> driver =
                            JdkInternals.read(entry.getClass(), "driver", entry).filter(pluginClasses::owns);
                    driver.ifPresent(
                            found -> forgot("JDBC driver", found.getClass().getName()));
                    return driver.isPresent();
                }));
    }

    private void shutdownHooks() {
        JdkInternals.read("java.lang.ApplicationShutdownHooks", "hooks", null).ifPresent(hooks -> {
            for (Thread hook : List.copyOf(castToThreads((Map<?, ?>) hooks))) {
                if (pluginClasses.owns(hook, new StackTraceElement[0])
                        || ThreadCleaner.hasTaskOf(pluginClasses, hook)) {
                    Runtime.getRuntime().removeShutdownHook(hook);
                    forgot("shutdown hook", hook.getName());
                }
            }
        });
    }

    private static Collection<Thread> castToThreads(Map<?, ?> hooks) {
        return hooks.keySet().stream().map(Thread.class::cast).toList();
    }

    // Existing servers only: asking for the platform server would start JMX.
    private void beans() {
        MBeanServerFactory.findMBeanServer(null).forEach(this::beans);
    }

    private void beans(MBeanServer server) {
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (server.getClassLoaderFor(name) == pluginClasses.loader()) {
                    server.unregisterMBean(name);
                    forgot("MBean", name.toString());
                }
            } catch (JMException e) {
                LOG.debug("the MBean {} is already unregistered", name);
            }
        }
    }

    private void securityProviders() {
        for (Provider provider : Security.getProviders()) {
            if (pluginClasses.owns(provider)) {
                Security.removeProvider(provider.getName());
                forgot("security provider", provider.getName());
            }
        }
    }

    private void uncaughtHandler() {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && pluginClasses.owns(handler)) {
            Thread.setDefaultUncaughtExceptionHandler(null);
            forgot("default handler of uncaught exceptions", handler.getClass().getName());
        }
    }

    /**
     * The JDK caches the types of the last record whose equals and hashCode it generated (soft references in
     * java.lang.runtime.ObjectMethods), and with them the plugin's loader. This replaces them by a record of a
     * temporary loader, since types of the application are cached elsewhere.
     */
    private static void forgetRecords() {
        try {
            ClassLoader nobodys = new ClassLoader(null) {};
            Class<?> type = Proxy.newProxyInstance(nobodys, new Class<?>[] {Runnable.class}, (_, _, _) -> null)
                    .getClass();
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle component = MethodHandles.identity(type);
            MethodType equals = MethodType.methodType(boolean.class, type, Object.class);
            ObjectMethods.bootstrap(lookup, "equals", equals, type, "component", component);
            MethodType hashCode = MethodType.methodType(int.class, type);
            ObjectMethods.bootstrap(lookup, "hashCode", hashCode, type, "component", component);
        } catch (Throwable e) {
            LOG.debug("the JDK did not generate the methods of a record", e);
        }
    }
}
