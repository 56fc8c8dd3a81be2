package dev.belfry.host.extension;

import dev.belfry.host.lifecycle.DisabledPlugins;
import dev.belfry.host.names.HostNames;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Registry of extensions and ports. Every lookup returns a live view. A generation's extensions become visible when it
 * opens, and its predecessor's disappear at the same moment.
 */
public final class Extensions {

    /** The calling plugin when the host itself calls. */
    public static final String HOST = "host";

    /** Weak keys: a port may be a class of a plugin. */
    private final Map<Class<?>, String> portNames = Collections.synchronizedMap(new WeakHashMap<>());

    private final Map<String, List<String>> suppliers;

    private final Predicate<String> isDisabled;

    /** The registrations of all generations, including generations that have not opened yet. */
    private final List<Provided> registered = new ArrayList<>();

    /** Of the generations that have opened. */
    private volatile List<Provided> seen = List.of();

    /**
     * @param suppliers ids of the supplying plugins of each port, by the port's name in the configuration; {@link HostNames#BELFRY} stands
     *     for the built-in adapter. Only {@link #suppliersOf(String, String, Class, Supplier)} uses more than the first
     * @param isDisabled whether an operator has disabled the plugin with an id
     */
    public Extensions(Map<String, List<String>> suppliers, Predicate<String> isDisabled) {
        this.suppliers = Map.copyOf(suppliers);
        this.isDisabled = isDisabled;
    }

    /** The ports of a plugin that other plugins supply, with the supplier. */
    public Map<String, String> suppliersOf(String pluginId) {
        return suppliers.entrySet().stream()
                .filter(port -> port.getKey().startsWith(pluginId + "."))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, port -> port.getValue().getFirst()));
    }

    /**
     * @param forCaller the implementation for a calling plugin, by its id; {@link #HOST} for the host
     * @return removes it
     * @throws IllegalStateException when the type is a port that another plugin already supplies
     */
    public synchronized <T> AutoCloseable provide(
            String pluginId, String generation, Class<T> type, Function<String, ? extends T> forCaller) {
        refuseSecondSupplier(pluginId, type);
        Provided entry = new Provided(pluginId, generation, type, forCaller);
        if (registered.stream().anyMatch(other -> isSame(other, entry))) {
            throw new IllegalStateException("it provides " + type.getName() + " twice");
        }
        registered.add(entry);
        return () -> remove(entry);
    }

    private void refuseSecondSupplier(String pluginId, Class<?> type) {
        String port = portNames.get(type);
        if (port == null || suppliersOfPort(port).contains(pluginId)) {
            return;
        }
        // Plugins start concurrently: the other one may not have opened yet.
        registered.stream()
                .filter(other -> other.type() == type && !other.pluginId().equals(pluginId))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalStateException("it supplies the port '" + port + "' (" + type.getName()
                            + "), which the plugin '" + other.pluginId()
                            + "' already supplies; set 'ports." + port + "' in the configuration to choose one");
                });
    }

    private static boolean isSame(Provided one, Provided other) {
        return one.generation().equals(other.generation()) && one.type() == other.type();
    }

    /** From now on the generation's extensions are visible, not its predecessor's. */
    public synchronized void open(String pluginId, String generation) {
        List<Provided> coming = registered.stream()
                .filter(entry -> entry.generation().equals(generation))
                .toList();
        List<Provided> next = new ArrayList<>(seen);
        // Extensions of other types stay until the predecessor ends: its dependents may still be linked to their
        // classes.
        next.removeIf(entry ->
                entry.pluginId().equals(pluginId) && coming.stream().anyMatch(other -> other.type() == entry.type()));
        next.addAll(coming);
        seen = List.copyOf(next);
    }

    /** From now on the generation's extensions are not visible. */
    public synchronized void close(String generation) {
        registered.removeIf(entry -> entry.generation().equals(generation));
        seen = seen.stream()
                .filter(entry -> !entry.generation().equals(generation))
                .toList();
    }

    private synchronized void remove(Provided entry) {
        registered.remove(entry);
        seen = seen.stream().filter(other -> other != entry).toList();
    }

    /** Names of the types that a plugin provides now. */
    public Set<String> providedBy(String pluginId) {
        return seen.stream()
                .filter(entry -> entry.pluginId().equals(pluginId))
                .map(entry -> entry.type().getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All extensions of a type, in order of registration. */
    public <T> List<T> all(String callerId, Class<T> type) {
        return new LiveList<>(callerId, type);
    }

    /**
     * The extension of a type that exactly one plugin provides. Calls go to the running generation of that plugin.
     *
     * @throws IllegalStateException when no plugin or several plugins provide it
     */
    public <T> T require(String callerId, Class<T> type) {
        List<Provided> found =
                seen.stream().filter(entry -> entry.type() == type).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("it requires " + type.getName() + ", which "
                    + (found.isEmpty()
                            ? "no running plugin provides; name the plugin that does in Plugin-Dependencies"
                            : "several plugins provide: "
                                    + found.stream().map(Provided::pluginId).collect(Collectors.joining(", "))));
        }
        String provider = found.getFirst().pluginId();
        return LiveProxy.of(
                type,
                type.getSimpleName() + " of plugin " + provider,
                () -> "the plugin '" + provider + "' does not provide " + type.getSimpleName() + " at the moment",
                () -> find(type, provider).map(entry -> entry.implementation(callerId)));
    }

    private <T> List<T> now(String callerId, Class<T> type) {
        return seen.stream()
                .filter(entry -> entry.type() == type)
                .map(entry -> type.cast(entry.implementation(callerId)))
                .toList();
    }

    /** Reflects every change; one iteration sees one state. */
    private final class LiveList<T> extends AbstractList<T> {
        private final String callerId;
        private final Class<T> type;

        LiveList(String callerId, Class<T> type) {
            this.callerId = callerId;
            this.type = type;
        }

        @Override
        public T get(int index) {
            return now(callerId, type).get(index);
        }

        @Override
        public int size() {
            return now(callerId, type).size();
        }

        @Override
        public Iterator<T> iterator() {
            return now(callerId, type).iterator();
        }

        @Override
        public Spliterator<T> spliterator() {
            return now(callerId, type).spliterator();
        }

        @Override
        public Object[] toArray() {
            return now(callerId, type).toArray();
        }

        @Override
        public <A> A[] toArray(A[] array) {
            return now(callerId, type).toArray(array);
        }
    }

    /**
     * A port: the built-in adapter, or the implementation of the configured plugin, whichever generation runs at the
     * time of a call.
     *
     * @param port the port's name in the configuration
     * @param builtIn not called when a plugin is configured
     */
    public <T> T port(String callerId, String port, Class<T> type, Supplier<? extends T> builtIn) {
        return suppliersOf(callerId, port, type, builtIn).getFirst();
    }

    /** As {@link #port}, for a port with several suppliers, in their order in the configuration. */
    public <T> List<T> suppliersOf(String callerId, String port, Class<T> type, Supplier<? extends T> builtIn) {
        portNames.put(type, port);
        List<T> found = new ArrayList<>();
        for (String id : suppliersOfPort(port)) {
            found.add(id.equals(HostNames.BELFRY) ? builtIn.get() : supplied(callerId, port, type, id));
        }
        return List.copyOf(found);
    }

    private List<String> suppliersOfPort(String port) {
        return suppliers.getOrDefault(port, List.of(HostNames.BELFRY));
    }

    private <T> T supplied(String callerId, String port, Class<T> type, String supplier) {
        return LiveProxy.of(
                type,
                "port " + port + ", supplied by plugin " + supplier,
                () -> absence(port, supplier),
                () -> find(type, supplier).map(entry -> entry.implementation(callerId)));
    }

    private String absence(String port, String supplier) {
        String which = "the port '" + port + "' is to be supplied by the plugin '" + supplier + "', which ";
        if (!isDisabled.test(supplier)) {
            return which + "does not run, or does not provide it";
        }
        // Without a port of the host, nobody may be able to enable a plugin.
        boolean isOfPlugin = port.indexOf('.') >= 0;
        return which + "an operator has disabled" + (isOfPlugin ? "" : ". " + DisabledPlugins.wayOut());
    }

    /** @throws IllegalStateException when the configured supplier does not provide the type */
    public void requireSupplied(String port, Class<?> type) {
        String supplier = suppliersOfPort(port).getFirst();
        if (!supplier.equals(HostNames.BELFRY) && find(type, supplier).isEmpty()) {
            throw new IllegalStateException("the port '" + port + "' is to be supplied by the plugin '" + supplier
                    + "', which does not provide " + type.getName() + "; it provides " + providedBy(supplier));
        }
    }

    private Optional<Provided> find(Class<?> type, String pluginId) {
        return seen.stream()
                .filter(entry -> entry.type() == type && entry.pluginId().equals(pluginId))
                .findFirst();
    }
}
