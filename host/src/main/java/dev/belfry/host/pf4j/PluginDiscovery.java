package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.lifecycle.VersionRules;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds plugins on the class path and in the folder of dynamic plugins. */
public final class PluginDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(PluginDiscovery.class);

    private final Descriptors descriptors;
    private final JarStore store;
    private final JarIntake intake;
    private final ClassChecks checks;
    private final LoadedJars loaded = new LoadedJars();
    private final Contracts contracts = new Contracts(PluginDiscovery.class.getClassLoader());

    /**
     * @param apiVersion version of this host's plugin API
     * @param store folder for the host's own copies of JARs
     * @param trust decides which JARs may run
     */
    public PluginDiscovery(String apiVersion, Path store, PluginTrust trust) {
        this.descriptors = new Descriptors(new Pf4jVersionRules(), apiVersion.replaceFirst("-.*", ""));
        this.store = new JarStore(store);
        this.checks = new ClassChecks(store.resolveSibling("checked-plugins"), apiVersion);
        this.intake = new JarIntake(descriptors, this.store, trust);
    }

    /**
     * The result of a search.
     *
     * @param refused files and locations without a valid plugin, with the reason
     */
    public record Found(List<Candidate> candidates, Map<Path, Refusal> refused) {}

    /**
     * A plugin that the embedding application creates.
     *
     * @param type its files, such as migrations, are in the JAR or folder of this class
     * @param creation called at each start
     * @param dependencies in the form of {@code Plugin-Dependencies}
     */
    public record Supplied(
            String id, Class<? extends Plugin> type, Supplier<? extends Plugin> creation, List<String> dependencies) {

        public Supplied {
            dependencies = List.copyOf(dependencies);
        }
    }

    /** @throws IllegalArgumentException naming the plugin, and the rule that its id or a dependency violates */
    public Candidate ofApplication(Supplied plugin) {
        return SuppliedCandidate.of(plugin, descriptors);
    }

    /** Finds the plugins among the service providers of a class loader. */
    public Found onClassPath(ClassLoader loader) {
        List<Candidate> candidates = new ArrayList<>();
        Map<Path, Refusal> refused = new LinkedHashMap<>();
        for (URL file : serviceFiles(loader)) {
            Path root = rootOf(file);
            try {
                candidates.add(classPathCandidate(file, root, loader));
            } catch (IOException e) {
                refused.put(root, new Refusal("it cannot be read: " + e.getMessage(), e));
            } catch (Refusal refusal) {
                refused.put(root, refusal);
            }
        }
        return new Found(candidates, refused);
    }

    private static List<URL> serviceFiles(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(Providers.SERVICE_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    private Candidate classPathCandidate(URL serviceFile, Path root, ClassLoader loader) throws IOException, Refusal {
        String provider;
        try (InputStream in = serviceFile.openStream()) {
            provider = Providers.only(Providers.namesIn(in));
        }
        return new ClassPathCandidate(descriptors.read(manifestOf(root)), provider, toUrl(root), loader);
    }

    private static Manifest manifestOf(Path root) throws IOException, Refusal {
        if (Files.isDirectory(root)) {
            Path file = root.resolve(JarFile.MANIFEST_NAME);
            if (!Files.exists(file)) {
                throw new Refusal("there is no " + file + ", so the plugin is unknown");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return new Manifest(in);
            }
        }
        try (JarFile jar = new JarFile(root.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new Refusal("it has no " + JarFile.MANIFEST_NAME);
            }
            return manifest;
        }
    }

    /** The JAR or folder that contains a service file. */
    private static Path rootOf(URL serviceFile) {
        String text = serviceFile.toString();
        String root = text.substring(0, text.length() - Providers.SERVICE_FILE.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length()).replaceFirst("!/$", "");
        }
        return ClassPathLocation.of(root);
    }

    /** Checks these JARs, and deletes the copies of earlier processes. */
    public Found among(Collection<Path> dropped) {
        List<Candidate> candidates = new ArrayList<>();
        Map<Path, Refusal> refused = new LinkedHashMap<>();
        for (Path jar : dropped.stream().sorted().toList()) {
            try {
                candidates.add(look(jar));
            } catch (Refusal refusal) {
                refused.put(jar, refusal);
            }
        }
        sweep();
        return new Found(candidates, refused);
    }

    private void sweep() {
        try {
            store.sweep();
        } catch (IOException e) {
            LOG.warn(
                    "copies of JARs of an earlier process cannot be deleted: {}. They only use disk space",
                    e.toString());
        }
    }

    /**
     * Copies and checks a dropped JAR.
     *
     * @throws Refusal when the JAR is not a valid plugin
     */
    public Candidate look(Path dropped) throws Refusal {
        try {
            return new JarCandidate(intake.take(dropped), store, loaded, contracts, checks);
        } catch (Refusal refusal) {
            throw refusal.of(intake.claimedId(dropped));
        }
    }

    /**
     * Whether a file of the plugin folder is a plugin. Files that are still being copied have another name: {@code .x}
     * or {@code x.part}.
     */
    public static boolean isPlugin(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    /** Warns the operator of a host without plugins, with what is in the folder. */
    public static String noPluginWarning(Path folder) {
        return PluginlessFolder.warning(folder);
    }

    /** The semantic versions of plugins. */
    public static VersionRules versions() {
        return new Pf4jVersionRules();
    }

    private static URL toUrl(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
