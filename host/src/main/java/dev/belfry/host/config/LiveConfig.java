package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force. Reading it again replaces it as a whole, or changes nothing if anything in it is wrong. The host's own
 * sections take effect at its next start; those of a plugin at the next start of the plugin, or at once if the plugin listens.
 */
public final class LiveConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    private final Consumer<Config> hostRules;
    private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
    private final List<HostListener> hostListeners = new CopyOnWriteArrayList<>();
    private final Set<Path> watched = new HashSet<>();
    private Consumer<Path> watcher = file -> {};
    private volatile Config current;

    /** @param hostRules throws {@link ConfigurationException} if the host could not start with a configuration */
    public LiveConfig(Config first, Consumer<Config> hostRules) {
        this.current = first;
        this.hostRules = hostRules;
    }

    public Config current() {
        return current;
    }

    /** A key of the host that takes effect without a restart. */
    private record HostListener(String path, Consumer<Config> receiver) {
        String section() {
            return path.substring(0, path.indexOf('.'));
        }
    }

    /**
     * Passes each file of the configuration to {@code watcher} once: those of now at once, and later ones when the
     * configuration names them.
     */
    public synchronized void watchFiles(Consumer<Path> watcher) {
        this.watcher = watcher;
        watch(current);
    }

    private void watch(Config config) {
        config.files().stream().filter(watched::add).forEach(file -> watcher.accept(file));
    }

    /**
     * Calls {@code receiver} after each change of the section of a host's key, which takes effect without a restart.
     *
     * @param path such as {@code backend.https}
     */
    public void onChange(String path, Consumer<Config> receiver) {
        hostListeners.add(new HostListener(path, receiver));
    }

    /**
     * Binds a section to a record, for a receiver that gets it now, and again on a thread of its own after each change.
     *
     * @param rules throws {@link ConfigurationException} if the section of a configuration violates them
     * @return ends the listening
     */
    public <T extends Record> AutoCloseable listen(
            String section, Class<T> type, Consumer<Config> rules, Consumer<T> receiver) {
        Listener<T> listener = new Listener<>(section, type, rules, receiver);
        // Before any change reaches it, so that the first call is on this thread.
        synchronized (listener) {
            add(listener);
            try {
                listener.deliver();
            } catch (RuntimeException | Error e) {
                listeners.remove(listener);
                throw e;
            }
        }
        return () -> listeners.remove(listener);
    }

    /** Not while the files are read: the listener would bind the old configuration and miss the change. */
    private synchronized void add(Listener<?> listener) {
        listeners.add(listener);
    }

    private final class Listener<T extends Record> {

        private final String section;
        private final Class<T> type;
        private final Consumer<Config> rules;
        private final Consumer<T> receiver;
        private Optional<T> last = Optional.empty();

        Listener(String section, Class<T> type, Consumer<Config> rules, Consumer<T> receiver) {
            this.section = section;
            this.type = type;
            this.rules = rules;
            this.receiver = receiver;
        }

        void check(Config next) {
            rules.accept(next);
            next.bind(section, type);
        }

        /** One at a time, and always the newest, so that two changes cannot arrive in the wrong order. */
        synchronized void deliver() {
            Optional<T> now = Optional.of(current.bind(section, type));
            if (!now.equals(last)) {
                last = now;
                receiver.accept(now.get());
            }
        }
    }

    /**
     * Reads the files again.
     *
     * @throws ConfigurationException naming every problem; the configuration in force stays
     */
    public synchronized void readAgain() {
        Config next = current.readAgain();
        watch(next);
        Set<String> changed = next.differences(current);
        if (changed.isEmpty()) {
            return;
        }
        hostRules.accept(next);
        List<Listener<?>> concerned = listeners.stream()
                .filter(listener -> changed.contains(listener.section))
                .toList();
        concerned.forEach(listener -> listener.check(next));
        next.notices().continueFrom(current.notices());
        List<HostListener> live = hostListeners.stream()
                .filter(listener -> changed.contains(listener.section()))
                .toList();
        Set<String> restart = new TreeSet<>(changed);
        restart.retainAll(HostSections.NAMES);
        live.stream()
                .filter(listener -> next.differsOnlyAt(listener.path(), current))
                .forEach(listener -> restart.remove(listener.section()));
        current = next;
        tell(changed, concerned, restart);
        live.forEach(listener -> listener.receiver().accept(next));
        // Code of plugins can hang: it must not hold up this thread.
        concerned.forEach(listener ->
                Thread.ofVirtual().name("configuration of " + listener.section).start(listener::deliver));
    }

    private static void tell(Set<String> changed, List<Listener<?>> concerned, Set<String> host) {
        Set<String> now = new LinkedHashSet<>();
        concerned.forEach(listener -> now.add(listener.section));
        Set<String> later = new TreeSet<>(changed);
        later.removeAll(HostSections.NAMES);
        later.removeAll(now);
        List<String> sentences = sentences(now, later, host);
        if (!sentences.isEmpty()) {
            LOG.info("the configuration has changed: {}", String.join("; ", sentences));
        }
    }

    private static List<String> sentences(Set<String> now, Set<String> later, Set<String> host) {
        List<String> sentences = new ArrayList<>();
        add(sentences, now, "takes effect now");
        add(sentences, later, "takes effect when the plugin restarts");
        add(sentences, host, "takes effect when the host restarts");
        return sentences;
    }

    private static void add(List<String> sentences, Set<String> sections, String effect) {
        if (!sections.isEmpty()) {
            sentences.add(String.join(", ", sections) + " " + effect);
        }
    }

    /** As {@link #readAgain}, for a change that nobody waits for: problems are logged. */
    public void readChanged() {
        try {
            readAgain();
        } catch (ConfigurationException e) {
            LOG.warn(
                    "the changed configuration is not used, because it is wrong; the previous one stays in use: {}",
                    e.getMessage());
        }
    }
}
