package dev.belfry.host.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Generations that a change has replaced or ended, until they may stop. One stays while a plugin that uses it still
 * waits for its own successor. Not thread-safe: guarded by the lifecycle's lock.
 */
final class ReplacedGenerations {

    private final Function<Descriptor, Set<String>> needs;

    private final List<RunningPlugin> replaced = new ArrayList<>();

    /** @param needs the ids of the plugins that a plugin uses */
    ReplacedGenerations(Function<Descriptor, Set<String>> needs) {
        this.needs = needs;
    }

    void add(RunningPlugin old) {
        replaced.add(old);
    }

    /**
     * Removes the generations that may stop.
     *
     * @param outgoing generations that serve until their successor has started
     * @return in the order of their stops
     */
    List<RunningPlugin> release(Collection<RunningPlugin> outgoing) {
        Set<String> used = usedBy(outgoing);
        List<RunningPlugin> free = new ArrayList<>(replaced);
        free.removeIf(old -> used.contains(old.id()));
        replaced.removeAll(free);
        return usersFirst(free);
    }

    /** Also by replaced generations that stay. */
    private Set<String> usedBy(Collection<RunningPlugin> outgoing) {
        Set<String> used = new HashSet<>();
        Deque<RunningPlugin> users = new ArrayDeque<>(outgoing);
        while (!users.isEmpty()) {
            Set<String> more = new HashSet<>(needs.apply(users.pop().descriptor()));
            more.removeAll(used);
            used.addAll(more);
            replaced.stream().filter(old -> more.contains(old.id())).forEach(users::add);
        }
        return used;
    }

    private List<RunningPlugin> usersFirst(List<RunningPlugin> plugins) {
        List<RunningPlugin> left = new ArrayList<>(plugins);
        List<RunningPlugin> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            RunningPlugin next = left.stream()
                    .filter(old -> left.stream().noneMatch(user -> uses(user, old)))
                    .findFirst()
                    // Optional dependencies may form a circle.
                    .orElse(left.getLast());
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private boolean uses(RunningPlugin user, RunningPlugin old) {
        return needs.apply(user.descriptor()).contains(old.id());
    }
}
