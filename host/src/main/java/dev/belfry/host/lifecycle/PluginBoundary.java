package dev.belfry.host.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The boundary of one plugin generation. Every call into the plugin passes it: it sets the context class loader and the
 * plugin id in the log context, and rejects calls after the generation has stopped.
 */
public final class PluginBoundary {

    private final String pluginId;

    /** Cleared at the end, so that a forgotten wrapper does not keep the plugin's classes from being unloaded. */
    private final AtomicReference<@Nullable ClassLoader> loader;

    private final InFlightRequests inFlight;

    /** @param inFlight counts calls from other plugins as well */
    public PluginBoundary(String pluginId, ClassLoader loader, InFlightRequests inFlight) {
        this.pluginId = pluginId;
        this.inFlight = inFlight;
        this.loader = new AtomicReference<>(loader);
    }

    /** A call into the plugin. */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object, E extends Throwable> {
        T call() throws E;
    }

    /** A call into the plugin without a result. */
    @FunctionalInterface
    public interface Action<E extends Throwable> {
        void run() throws E;
    }

    /** @throws IllegalStateException when the plugin has stopped */
    public <E extends Throwable> void run(Action<E> action) throws E {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** @throws IllegalStateException when the plugin has stopped */
    public <T extends @Nullable Object, E extends Throwable> T call(Call<T, E> call) throws E {
        ClassLoader inside = loader.get();
        if (inside == null) {
            throw new PluginStopped(pluginId, this);
        }
        Thread thread = Thread.currentThread();
        ClassLoader outside = thread.getContextClassLoader();
        thread.setContextClassLoader(inside);
        try (PluginMdc _ = PluginMdc.about(pluginId)) {
            return call.call();
        } finally {
            thread.setContextClassLoader(outside);
        }
    }

    /**
     * Wraps an object that the plugin hands to others.
     *
     * @param type an interface
     */
    public <T> T wrap(Class<T> type, T target) {
        AtomicReference<@Nullable T> held = new AtomicReference<>(target);
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return objectMethod(type, self, method.getName(), arguments);
                    }
                    if (!inFlight.tryJoin()) {
                        held.set(null);
                        throw new PluginStopped(pluginId, self);
                    }
                    try {
                        return callHeld(self, held, method, arguments);
                    } finally {
                        inFlight.giveBack();
                    }
                });
        return type.cast(proxy);
    }

    private <T> @Nullable Object callHeld(
            Object self, AtomicReference<@Nullable T> held, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        T inside = held.get();
        if (inside == null || loader.get() == null) {
            held.set(null);
            throw new PluginStopped(pluginId, self);
        }
        try {
            return call(() -> method.invoke(inside, arguments));
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Object objectMethod(Class<?> type, Object self, String method, @Nullable Object @Nullable [] arguments) {
        return switch (method) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> type.getSimpleName() + " of plugin " + pluginId;
        };
    }

    /** From now on every call is rejected. */
    public void end() {
        loader.set(null);
    }
}
