package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;

/**
 * The JARs that PF4J has loaded, driven by single calls. Each generation has its own plugin id ({@code hello#3}) and no
 * dependencies, so that two generations of one plugin can be loaded at once.
 */
final class LoadedJars {

    static {
        // Otherwise the JDK keeps each JAR open from which a resource was read by its URL.
        URLConnection.setDefaultUseCaches("jar", false);
    }

    private final Manager manager = new Manager();

    // PF4J's manager is not thread-safe.
    synchronized ClassLoader load(Path copy, String generation, String version, List<Exports> contracts)
            throws Refusal {
        manager.contracts = contracts;
        manager.next = new DefaultPluginDescriptor(generation, "", "", version, "*", "", "");
        try {
            manager.loadPlugin(copy);
            return manager.getPluginClassLoader(generation);
        } catch (PluginRuntimeException e) {
            // The copy existed and was valid a moment ago.
            throw e.getCause() instanceof IOException
                    ? Refusal.passing("it cannot be loaded: " + e.getMessage(), e)
                    : new Refusal("it cannot be loaded: " + e.getMessage(), e);
        } finally {
            manager.contracts = List.of();
        }
    }

    synchronized void unload(String generation) {
        manager.unloadPlugin(generation);
    }

    private static final class Manager extends DefaultPluginManager {

        private @Nullable PluginDescriptor next;
        private List<Exports> contracts = List.of();

        Manager() {
            super(Path.of("."));
        }

        @Override
        protected PluginDescriptorFinder createPluginDescriptorFinder() {
            return new PluginDescriptorFinder() {
                @Override
                public boolean isApplicable(Path path) {
                    return true;
                }

                @Override
                public PluginDescriptor find(Path path) {
                    if (next == null) {
                        throw new IllegalStateException("load() must be called first");
                    }
                    return next;
                }
            };
        }

        @Override
        protected PluginLoader createPluginLoader() {
            return new PluginLoader() {
                @Override
                public boolean isApplicable(Path path) {
                    return true;
                }

                @Override
                public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                    try {
                        return new PluginClassLoader(
                                descriptor.getPluginId(), path, contracts, LoadedJars.class.getClassLoader());
                    } catch (IOException e) {
                        throw new PluginRuntimeException(e, "its copy cannot be opened: " + e.getMessage());
                    }
                }
            };
        }

        // The same content may be loaded twice; PF4J's default rejects a known path.
        @Override
        protected @Nullable String idForPath(Path path) {
            return null;
        }

        @Override
        protected PluginFactory createPluginFactory() {
            return wrapper -> {
                throw new UnsupportedOperationException("plugins are started by the host");
            };
        }

        @Override
        protected PluginStatusProvider createPluginStatusProvider() {
            return new PluginStatusProvider() {
                @Override
                public boolean isPluginDisabled(String pluginId) {
                    return false;
                }

                @Override
                public void disablePlugin(String pluginId) {}

                @Override
                public void enablePlugin(String pluginId) {}
            };
        }

        @Override
        protected PluginRepository createPluginRepository() {
            return new PluginRepository() {
                @Override
                public List<Path> getPluginPaths() {
                    return List.of();
                }

                @Override
                public boolean deletePluginPath(Path path) {
                    return false;
                }
            };
        }

        @Override
        protected ExtensionFinder createExtensionFinder() {
            return new NoExtensions();
        }
    }
}
