package dev.belfry.host.extension;

import dev.belfry.api.web.ApiError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who provides what. Every look-up is a live view: it sees a provider come and go. */
public final class Extensions {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final List<Provided> provided = new CopyOnWriteArrayList<>();

    private record Provided(String pluginId, Class<?> type, Object implementation) {}

    /** @return takes it away again */
    public <T> AutoCloseable provide(String pluginId, Class<T> type, T implementation) {
        Provided entry = new Provided(pluginId, type, implementation);
        provided.add(entry);
        return () -> provided.remove(entry);
    }

    /** All that is provided for a type, in the order of its coming. */
    public <T> List<T> all(Class<T> type) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                return type.cast(of(type).get(index).implementation());
            }

            @Override
            public int size() {
                return of(type).size();
            }
        };
    }

    private List<Provided> of(Class<?> type) {
        return provided.stream().filter(entry -> entry.type() == type).toList();
    }

    /**
     * What one plugin provides for a type, whoever runs at the time of each call.
     *
     * @param port the configuration's name of the port, for the message when nobody provides it
     */
    public <T> T port(String port, Class<T> type, String pluginId) {
        Object view =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    try {
                        return method.invoke(provider(port, type, pluginId), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
        return type.cast(view);
    }

    private Object provider(String port, Class<?> type, String pluginId) {
        Optional<Provided> provider = of(type).stream()
                .filter(entry -> entry.pluginId().equals(pluginId))
                .findFirst();
        return provider.orElseThrow(() -> ApiError.unavailable(
                        "the port '" + port + "' is to be provided by plugin '" + pluginId
                                + "', which does not provide it now",
                        RETRY_AFTER))
                .implementation();
    }
}
