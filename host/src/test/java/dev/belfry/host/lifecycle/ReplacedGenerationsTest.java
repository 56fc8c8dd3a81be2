package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A generation stops after the generations that use it. */
class ReplacedGenerationsTest {

    private final ReplacedGenerations replaced = new ReplacedGenerations(
            plugin -> plugin.dependencies().stream().map(Dependency::id).collect(Collectors.toSet()));

    private static List<String> ids(List<RunningPlugin> plugins) {
        return plugins.stream().map(RunningPlugin::id).toList();
    }

    @Test
    void usersStopBeforeThePluginsThatTheyUse() {
        replaced.add(plugin("front", "middle"));
        replaced.add(plugin("base"));
        replaced.add(plugin("middle", "base"));

        assertThat(ids(replaced.release(List.of()))).containsExactly("front", "middle", "base");
        assertThat(replaced.release(List.of())).isEmpty();
    }

    @Test
    void aGenerationStaysWhileAnOutgoingOneUsesIt() {
        RunningPlugin outgoing = plugin("front", "base");
        replaced.add(plugin("base"));
        replaced.add(plugin("other"));

        assertThat(ids(replaced.release(List.of(outgoing)))).containsExactly("other");
        replaced.add(outgoing);
        assertThat(ids(replaced.release(List.of()))).containsExactly("front", "base");
    }

    @Test
    void aGenerationStaysWhileOneThatStaysUsesIt() {
        replaced.add(plugin("base"));
        replaced.add(plugin("middle", "base"));

        assertThat(replaced.release(List.of(plugin("front", "middle")))).isEmpty();
        assertThat(ids(replaced.release(List.of()))).containsExactly("middle", "base");
    }

    @Test
    void aCircleOfDependenciesStopsAsWell() {
        replaced.add(plugin("one", "two"));
        replaced.add(plugin("two", "one"));

        assertThat(ids(replaced.release(List.of()))).containsExactlyInAnyOrder("one", "two");
    }

    private static RunningPlugin plugin(String id, String... dependencies) {
        StubCandidate candidate = new StubCandidate(new Descriptor(
                id,
                "1.0.0",
                "*",
                Arrays.stream(dependencies)
                        .map(other -> new Dependency(other, "*", false))
                        .toList(),
                List.of(),
                "",
                "",
                List.of()));
        InFlightRequests inFlight = new InFlightRequests();
        StubCode code = new StubCode();
        Generation generation = new Generation(
                id + "#1",
                candidate,
                new LinkedContracts(candidate.contract(Map.of()), Map.of()),
                code,
                new PluginBoundary(id, code.classLoader(), inFlight),
                new Registrations(),
                inFlight);
        return new RunningPlugin(candidate, generation, context -> {}, new StubSession(), Duration.ZERO);
    }

    private record StubCandidate(Descriptor descriptor) implements Candidate {
        private static final Contract CONTRACT = type -> false;

        @Override
        public PluginOrigin origin() {
            return PluginOrigin.STATIC;
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }

        @Override
        public URL location() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSameCodeAs(Candidate other) {
            return equals(other);
        }

        @Override
        public Contract contract(Map<String, Contract> others) {
            return CONTRACT;
        }

        @Override
        public PluginCode load(String generation, LinkedContracts linked) {
            return new StubCode();
        }
    }

    private static final class StubCode implements PluginCode {
        @Override
        public void check() {}

        @Override
        public Plugin create() {
            return context -> {};
        }

        @Override
        public ClassLoader classLoader() {
            return StubCode.class.getClassLoader();
        }

        @Override
        public URL location() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private static final class StubSession implements Environment.Session {
        @Override
        public PluginContext context() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void complete() {}

        @Override
        public void open() {}

        @Override
        public void close() {}
    }
}
