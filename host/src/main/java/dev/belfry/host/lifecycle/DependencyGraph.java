package dev.belfry.host.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The dependencies between plugins: start order, unmet requirements, and the contracts that each plugin links to. */
final class DependencyGraph {

    private final Candidates candidates;
    private final Map<String, RunningPlugin> running;
    private final VersionRules versions;
    private final Environment environment;

    DependencyGraph(
            Candidates candidates, Map<String, RunningPlugin> running, VersionRules versions, Environment environment) {
        this.candidates = candidates;
        this.running = running;
        this.versions = versions;
        this.environment = environment;
    }

    /** Why a plugin cannot run now. */
    record Obstacle(State state, String reason) {}

    /** All plugin ids in dependency order; cycles are broken somewhere. */
    List<String> inOrder() {
        Set<String> all = new LinkedHashSet<>(candidates.ids());
        all.addAll(running.keySet());
        Set<String> ordered = new LinkedHashSet<>();
        all.forEach(id -> visit(id, ordered, new LinkedHashSet<>()));
        ordered.retainAll(all);
        return List.copyOf(ordered);
    }

    private void visit(String id, Set<String> ordered, Set<String> onTheWay) {
        if (ordered.contains(id) || !onTheWay.add(id)) {
            return;
        }
        needsOf(id).forEach(need -> visit(need, ordered, onTheWay));
        ordered.add(id);
    }

    /** The ids of the plugins that a plugin uses: its dependencies, and the suppliers of its ports. */
    Set<String> needsOf(Descriptor plugin) {
        Set<String> needs =
                new LinkedHashSet<>(environment.suppliersOf(plugin.id()).values());
        plugin.dependencies().stream().map(Dependency::id).forEach(needs::add);
        return needs;
    }

    private Set<String> needsOf(String id) {
        Set<String> needs = new LinkedHashSet<>(indispensableFor(id));
        // In a cycle, the optional edge is the one that is ignored.
        descriptorsOf(id)
                .forEach(descriptor -> descriptor.dependencies().stream()
                        .map(Dependency::id)
                        .filter(other -> !cannotDoWithout(other, id, new LinkedHashSet<>()))
                        .forEach(needs::add));
        return needs;
    }

    private Set<String> indispensableFor(String id) {
        Set<String> needs = new LinkedHashSet<>(requiredBy(id));
        needs.addAll(environment.suppliersOf(id).values());
        return needs;
    }

    private boolean cannotDoWithout(String id, String other, Set<String> visited) {
        return visited.add(id)
                && indispensableFor(id).stream()
                        .anyMatch(need -> need.equals(other) || cannotDoWithout(need, other, visited));
    }

    private Set<String> requiredBy(String id) {
        Set<String> required = new LinkedHashSet<>();
        descriptorsOf(id)
                .forEach(descriptor ->
                        descriptor.required().stream().map(Dependency::id).forEach(required::add));
        return required;
    }

    private List<Descriptor> descriptorsOf(String id) {
        List<Descriptor> descriptors = new ArrayList<>();
        candidates.of(id).forEach(tracked -> descriptors.add(tracked.descriptor()));
        Optional.ofNullable(running.get(id)).ifPresent(now -> descriptors.add(now.descriptor()));
        return descriptors;
    }

    /** @return the first unmet requirement */
    Optional<Obstacle> obstacleOf(Descriptor plugin) {
        for (Dependency dependency : plugin.required()) {
            RunningPlugin found = running.get(dependency.id());
            if (found == null) {
                return Optional.of(obstacleOfMissing(plugin, dependency));
            }
            String version = found.descriptor().version();
            if (!versions.isWithin(dependency.range(), version)) {
                return Optional.of(new Obstacle(
                        State.FAILED,
                        "it depends on '" + dependency.id() + "' " + dependency.range() + ", and " + version
                                + " runs"));
            }
        }
        return environment.suppliersOf(plugin.id()).entrySet().stream()
                .filter(port -> !running.containsKey(port.getValue()))
                .map(port -> new Obstacle(
                        State.WAITING,
                        "the port '" + port.getKey() + "' is to be supplied by the plugin '" + port.getValue()
                                + "', which does not run"))
                .findFirst();
    }

    private Obstacle obstacleOfMissing(Descriptor plugin, Dependency dependency) {
        List<String> circle = wayTo(plugin.id(), plugin.id(), new LinkedHashSet<>());
        if (!circle.isEmpty()) {
            return new Obstacle(State.FAILED, "it depends on itself: " + String.join(" -> ", circle));
        }
        String reason = "it depends on '" + dependency.id() + "', which ";
        return candidates.of(dependency.id()).stream().anyMatch(tracked -> tracked.is(State.WAITING))
                ? new Obstacle(State.WAITING, reason + "is waiting")
                : new Obstacle(State.FAILED, reason + "does not run" + nearIdOf(dependency.id()));
    }

    private String nearIdOf(String unknown) {
        Set<String> ids = candidates.ids();
        return ids.contains(unknown)
                ? ""
                : environment
                        .nearId(unknown, ids)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }

    private List<String> wayTo(String goal, String from, Set<String> visited) {
        for (String next : requiredBy(from)) {
            if (next.equals(goal)) {
                return List.of(from, goal);
            }
            if (visited.add(next)) {
                List<String> rest = wayTo(goal, next, visited);
                if (!rest.isEmpty()) {
                    List<String> way = new ArrayList<>(List.of(from));
                    way.addAll(rest);
                    return way;
                }
            }
        }
        return List.of();
    }

    /** Whether its requirements are still met, and its contracts are still the ones it was linked with. */
    boolean fits(RunningPlugin now) {
        try {
            return obstacleOf(now.descriptor()).isEmpty()
                    && linkedContractsOf(now.candidate())
                            .equals(now.generation().linked());
        } catch (Refusal refusal) {
            return false;
        }
    }

    /** @throws Refusal when the candidate's exported classes refer to a class that no contract has */
    LinkedContracts linkedContractsOf(Candidate candidate) throws Refusal {
        return linkedContractsOf(candidate, new LinkedHashSet<>());
    }

    private LinkedContracts linkedContractsOf(Candidate candidate, Set<String> onTheWay) throws Refusal {
        onTheWay.add(candidate.descriptor().id());
        Map<String, Contract> others = new LinkedHashMap<>();
        for (Dependency dependency : candidate.descriptor().dependencies()) {
            Optional<Contract> contract = dependency.optional()
                    ? contractToCome(dependency.id(), onTheWay)
                    : Optional.ofNullable(running.get(dependency.id())).map(DependencyGraph::contractOf);
            contract.ifPresent(there -> others.put(dependency.id(), there));
        }
        return new LinkedContracts(candidate.contract(others), others);
    }

    private static Contract contractOf(RunningPlugin plugin) {
        return plugin.generation().linked().own();
    }

    /**
     * For an optional dependency: the contract of the candidate that is about to run, so that suppliers of its ports
     * can start before it.
     */
    private Optional<Contract> contractToCome(String id, Set<String> onTheWay) throws Refusal {
        Optional<RunningPlugin> now = Optional.ofNullable(running.get(id));
        Optional<TrackedCandidate> next = candidates.of(id).stream()
                .filter(tracked -> !tracked.isHopeless())
                .findFirst();
        boolean runsAlready = now.isPresent()
                && next.filter(tracked -> !tracked.candidate().equals(now.get().candidate()))
                        .isEmpty();
        if (runsAlready || next.isEmpty() || onTheWay.contains(id)) {
            return now.map(DependencyGraph::contractOf);
        }
        return Optional.of(linkedContractsOf(next.get().candidate(), new LinkedHashSet<>(onTheWay))
                .own());
    }
}
