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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force. Reading it again replaces it as a whole, or changes nothing if anything in it is wrong. The host's own
 * keys take effect at once if a part of the host listens, and otherwise at its next start; the section of a plugin takes effect at the
 * next start of the plugin, or at once if the plugin listens.
 */
public final class LiveConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    /** The host runs with its values of the keys that need a restart. */
    private final Config first;

    private final Consumer<Config> hostRules;
    private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
    private final List<HostListener> hostListeners = new CopyOnWriteArrayList<>();
    private final PluginRules pluginRules = new PluginRules();
    private final Set<Path> watched = new HashSet<>();
    private Consumer<Path> watcher = file -> {};
    private volatile Config current;

    /** The faults of the files since they were read last. */
    private volatile List<String> problems = List.of();

    /** @param hostRules throws {@link ConfigurationException} if the host could not start with a configuration */
    public LiveConfig(Config first, Consumer<Config> hostRules) {
        this.first = first;
        this.current = first;
        this.hostRules = hostRules;
    }

    public Config current() {
        return current;
    }

    /** Why the changed files are not used; empty = they are in use. */
    public List<String> problems() {
        return problems;
    }

    /** Keys of the host that take effect without a restart. */
    private record HostListener(LiveKeys keys, Consumer<Config> receiver) {}

    /**
     * Passes each file of the configuration to {@code watcher} once: the present ones at once, and later ones when the
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
     * Calls {@code receiver} after each change of one of these keys of the host, which take effect without a restart.
     *
     * @param receiver must not fail: {@code hostRules} have accepted the configuration
     */
    public void onChange(LiveKeys keys, Consumer<Config> receiver) {
        hostListeners.add(new HostListener(keys, receiver));
    }

    /**
     * Adds a rule for the section of a plugin: a changed configuration that violates it is not used.
     *
     * @param rule throws {@link ConfigurationException} if the section of a configuration violates it
     * @return removes the rule
     */
    public AutoCloseable require(String section, Consumer<Config> rule) {
        return pluginRules.add(section, rule)::run;
    }

    /**
     * Binds a section to a record, for a receiver that gets it now, and again on a thread of its own after each change.
     *
     * @return ends the listening
     */
    public <T extends Record> AutoCloseable listen(String section, Class<T> type, Consumer<T> receiver) {
        Listener<T> listener = new Listener<>(section, type, receiver);
        Runnable rule = pluginRules.add(section, next -> next.bind(section, type));
        // Before any change reaches it, so that the first call is on this thread.
        synchronized (listener) {
            add(listener);
            try {
                listener.deliver();
            } catch (RuntimeException | Error e) {
                end(listener, rule);
                throw e;
            }
        }
        return () -> end(listener, rule);
    }

    private void end(Listener<?> listener, Runnable rule) {
        listeners.remove(listener);
        rule.run();
    }

    /** Not while the files are read: the listener would bind the old configuration and miss the change. */
    private synchronized void add(Listener<?> listener) {
        listeners.add(listener);
    }

    private final class Listener<T extends Record> {

        private final String section;
        private final Class<T> type;
        private final Consumer<T> receiver;
        private Optional<T> last = Optional.empty();

        Listener(String section, Class<T> type, Consumer<T> receiver) {
            this.section = section;
            this.type = type;
            this.receiver = receiver;
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
    public void readAgain() {
        readAgain(Set.of());
    }

    /**
     * Reads files again that had faults, before a plugin starts: its new code may have other rules for its section. Faults that stay have
     * been reported before.
     */
    public synchronized void readAgainFor(String section) {
        if (!problems.isEmpty()) {
            try {
                readAgain(Set.of(section));
            } catch (ConfigurationException known) {
                LOG.debug("the changed configuration is still wrong: {}", known.getMessage());
            }
        }
    }

    /** Reads files again that had faults, because something else has changed that they are about. */
    public synchronized void readAgainIfFaulty() {
        readAgainFor("");
    }

    /** @param unchecked sections for which the rules of running plugins do not count */
    private synchronized void readAgain(Set<String> unchecked) {
        try {
            replace(unchecked);
        } catch (ConfigurationException e) {
            problems = e.faults();
            throw e;
        }
    }

    private void replace(Set<String> unchecked) {
        Config next = current.readAgain();
        watch(next);
        Set<String> changed = next.differences(current);
        Set<String> checked = new HashSet<>(changed);
        checked.removeAll(unchecked);
        if (!changed.isEmpty()) {
            check(next, checked);
        }
        boolean wasWrong = !problems.isEmpty();
        problems = List.of();
        if (!changed.isEmpty()) {
            use(next, changed, checked);
        } else if (wasWrong) {
            LOG.info("the configuration is valid again; nothing has changed");
        }
    }

    private void check(Config next, Set<String> sections) {
        List<String> faults = new ArrayList<>();
        try {
            hostRules.accept(next);
        } catch (ConfigurationException wrong) {
            faults.addAll(wrong.faults());
        }
        pluginRules.check(next, sections, faults);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
    }

    /** @param checked the sections that are sent to their listeners */
    private void use(Config next, Set<String> changed, Set<String> checked) {
        List<Listener<?>> concerned = listeners.stream()
                .filter(listener -> checked.contains(listener.section))
                .toList();
        next.notices().continueFrom(current.notices());
        Set<String> host = next.differentHostKeys(current);
        List<HostListener> live = hostListeners.stream()
                .filter(listener -> host.stream().anyMatch(listener.keys()::has))
                .toList();
        Set<String> pending = next.differentHostKeys(first);
        current = next;
        tell(
                changed,
                concerned,
                host,
                pending,
                key -> live.stream().anyMatch(listener -> listener.keys().has(key)));
        live.forEach(listener -> listener.receiver().accept(next));
        // Code of plugins can hang: it must not hold up this thread.
        concerned.forEach(listener ->
                Thread.ofVirtual().name("configuration of " + listener.section).start(listener::deliver));
    }

    /** @param pending keys of the host with other values than at its start */
    private static void tell(
            Set<String> changed,
            List<Listener<?>> concerned,
            Set<String> host,
            Set<String> pending,
            Predicate<String> isLive) {
        Set<String> now = new LinkedHashSet<>();
        host.stream().filter(isLive).forEach(now::add);
        Set<String> restart = new LinkedHashSet<>(host);
        restart.removeIf(isLive);
        Set<String> restored = new LinkedHashSet<>(restart);
        restored.removeIf(key -> pending.stream().anyMatch(other -> LiveKeys.overlap(key, other)));
        restart.removeAll(restored);
        concerned.forEach(listener -> now.add(listener.section));
        Set<String> later = new TreeSet<>(changed);
        later.removeAll(HostSections.NAMES);
        later.removeAll(now);
        List<String> sentences = sentences(now, later, restart);
        if (!restored.isEmpty()) {
            sentences.add(String.join(", ", restored)
                    + (restored.size() == 1 ? " needs" : " need") + " no restart any more: the host runs with "
                    + (restored.size() == 1 ? "this value" : "these values"));
        }
        if (!sentences.isEmpty()) {
            LOG.info("the configuration has changed: {}", String.join("; ", sentences));
        }
    }

    private static List<String> sentences(Set<String> now, Set<String> later, Set<String> host) {
        List<String> sentences = new ArrayList<>();
        add(sentences, now, "now");
        add(sentences, later, later.size() == 1 ? "when the plugin restarts" : "when their plugins restart");
        add(sentences, host, "when the host restarts");
        return sentences;
    }

    private static void add(List<String> sentences, Set<String> sections, String moment) {
        if (!sections.isEmpty()) {
            String verb = sections.size() == 1 ? " takes" : " take";
            sentences.add(String.join(", ", sections) + verb + " effect " + moment);
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
