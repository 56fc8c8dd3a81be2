package dev.belfry.host.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Notes for the operator about a configuration that can be used: keys that mean something else than they say, or
 * nothing. Each notice is given once.
 */
public final class Notices {

    private final Map<String, Level> found = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private final List<Logger> listeners = new ArrayList<>();

    /** @param warning with file and line */
    public void warn(String warning) {
        add(Level.WARN, warning);
    }

    void inform(String information) {
        add(Level.INFO, information);
    }

    private synchronized void add(Level level, String notice) {
        if (found.putIfAbsent(notice, level) == null) {
            listeners.forEach(log -> log.atLevel(level).log(notice));
        }
    }

    /** Adds the path of a key that Backstage has and that has no effect here. */
    synchronized void ignore(String path) {
        ignored.add(path);
    }

    /** The keys of Backstage that have no effect here. */
    public synchronized Set<String> ignored() {
        return new LinkedHashSet<>(ignored);
    }

    public synchronized List<String> warnings() {
        return of(Level.WARN);
    }

    public synchronized List<String> information() {
        return of(Level.INFO);
    }

    private List<String> of(Level wanted) {
        return found.entrySet().stream()
                .filter(notice -> notice.getValue() == wanted)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Warnings and information. */
    synchronized List<String> all() {
        return List.copyOf(found.keySet());
    }

    /** Logs all notices so far, and those to come. */
    public synchronized void logTo(Logger log) {
        found.forEach((notice, level) -> log.atLevel(level).log(notice));
        listeners.add(log);
    }

    /** Continues the notices of a configuration that this one replaces: only new ones are logged. */
    synchronized void continueFrom(Notices previous) {
        synchronized (previous) {
            found.entrySet().stream()
                    .filter(notice -> !previous.found.containsKey(notice.getKey()))
                    .forEach(notice -> previous.listeners.forEach(
                            log -> log.atLevel(notice.getValue()).log(notice.getKey())));
            listeners.addAll(previous.listeners);
        }
    }
}
