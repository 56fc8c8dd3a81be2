package dev.belfry.host.extension;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.lifecycle.PluginStopped;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An object whose calls go to what one plugin provides, whichever generation of it runs at the time of a call. */
final class LiveProxy implements InvocationHandler {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String name;
    private final Supplier<String> absence;
    private final Supplier<Optional<Object>> current;

    private LiveProxy(String name, Supplier<String> absence, Supplier<Optional<Object>> current) {
        this.name = name;
        this.absence = absence;
        this.current = current;
    }

    /**
     * @param name for {@code toString}
     * @param absence message of the 503 while nothing is provided
     * @param current what is provided now
     */
    static <T> T of(Class<T> type, String name, Supplier<String> absence, Supplier<Optional<Object>> current) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new LiveProxy(name, absence, current)));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> name;
            };
        }
        while (true) {
            Object provided = current.get().orElseThrow(() -> ApiError.unavailable(absence.get(), RETRY_AFTER));
            try {
                return method.invoke(provided, arguments);
            } catch (InvocationTargetException e) {
                if (!isReplaced(e.getTargetException(), provided)) {
                    throw e.getTargetException();
                }
            }
        }
    }

    private boolean isReplaced(Throwable failure, Object provided) {
        return failure instanceof PluginStopped stopped
                && stopped.isFrom(provided)
                && current.get().filter(next -> next != provided).isPresent();
    }
}
