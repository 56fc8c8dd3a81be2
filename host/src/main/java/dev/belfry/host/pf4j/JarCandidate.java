package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Contract;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.PluginOrigin;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A dropped JAR that passed all checks. Equal when file and content are equal. */
final class JarCandidate implements Candidate {

    private final AcceptedJar taken;
    private final JarStore store;
    private final LoadedJars loaded;
    private final Contracts contracts;
    private final ClassChecks checks;

    JarCandidate(AcceptedJar taken, JarStore store, LoadedJars loaded, Contracts contracts, ClassChecks checks) {
        this.checks = checks;
        this.taken = taken;
        this.store = store;
        this.loaded = loaded;
        this.contracts = contracts;
    }

    @Override
    public Descriptor descriptor() {
        return taken.descriptor();
    }

    @Override
    public PluginOrigin origin() {
        return PluginOrigin.DYNAMIC;
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(taken.dropped());
    }

    @Override
    public URL location() {
        try {
            return taken.copy().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Identifies the content of the JAR. */
    String contentName() {
        return String.valueOf(taken.copy().getFileName());
    }

    @Override
    public boolean isSameCodeAs(Candidate other) {
        return other instanceof JarCandidate jar && jar.taken.copy().equals(taken.copy());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JarCandidate jar
                && isSameCodeAs(jar)
                && jar.taken.dropped().equals(taken.dropped());
    }

    @Override
    public int hashCode() {
        return taken.copy().hashCode();
    }

    @Override
    public Contract contract(Map<String, Contract> others) throws Refusal {
        return contracts.of(taken.exported(), List.copyOf(others.values()));
    }

    @Override
    public Map<String, String> missingClasses(Predicate<String> exported) throws IOException {
        return MissingClasses.in(
                taken.copy(),
                OwnPackages.of(descriptor(), taken.provider()),
                exported,
                JarCandidate.class.getClassLoader());
    }

    @Override
    public boolean exports(String className) {
        return taken.exported().containsKey(className);
    }

    @Override
    public PluginCode load(String generation, LinkedContracts linked) throws Refusal {
        retain();
        try {
            List<Exports> visible = new ArrayList<>();
            linked.others().values().forEach(contract -> visible.add((Exports) contract));
            visible.add((Exports) linked.own());
            ClassLoader loader =
                    loaded.load(taken.copy(), generation, descriptor().version(), visible);
            return new Code(loader, generation, List.copyOf(visible));
        } catch (Refusal | RuntimeException | LinkageError failure) {
            discard();
            throw failure;
        }
    }

    @Override
    public void retain() {
        store.retain(taken.copy());
    }

    @Override
    public void discard() {
        try {
            store.giveBack(taken.copy());
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + taken.copy() + " cannot be deleted", e);
        }
    }

    private final class Code implements PluginCode {
        private final ClassLoader loader;
        private final String generation;

        private final List<Exports> visible;

        Code(ClassLoader loader, String generation, List<Exports> visible) {
            this.visible = visible;
            this.loader = loader;
            this.generation = generation;
        }

        @Override
        public void check() throws Refusal {
            Providers.constructor(taken.provider(), loader);
        }

        @Override
        public Plugin create() throws Refusal {
            checks.begin(
                    JarCandidate.this,
                    visible.stream().map(Exports::key).toList(),
                    name -> visible.stream().anyMatch(exports -> exports.has(name)));
            return Providers.create(taken.provider(), loader);
        }

        @Override
        public ClassLoader classLoader() {
            return loader;
        }

        @Override
        public URL location() {
            return JarCandidate.this.location();
        }

        @Override
        public void close() {
            loaded.unload(generation);
            discard();
        }
    }
}
