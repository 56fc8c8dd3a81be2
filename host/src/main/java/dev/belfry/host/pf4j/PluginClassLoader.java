package dev.belfry.host.pf4j;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one generation of a plugin. In this order: the host's API, the JDK, what its dependencies export, what it
 * exports itself, the rest of its own JAR, what the host offers. Resources are the plugin's own alone, or it would run another plugin's migrations and find another's services.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final List<Exports> contracts;
    private final ClassLoader host;

    /** @param contracts what the plugin's dependencies export, then what it exports itself */
    PluginClassLoader(String generation, URL jar, List<Exports> contracts, ClassLoader host) {
        super(generation, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.contracts = List.copyOf(contracts);
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null) {
                found = find(name);
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (ClassRules.isHostOnly(name)) {
            return host.loadClass(name);
        }
        try {
            return getPlatformClassLoader().loadClass(name);
        } catch (ClassNotFoundException _) {
            return findBeyondTheJdk(name);
        }
    }

    private Class<?> findBeyondTheJdk(String name) throws ClassNotFoundException {
        for (Exports contract : contracts) {
            if (contract.has(name)) {
                return contract.load(name);
            }
        }
        return findOwnOrOffered(name);
    }

    private Class<?> findOwnOrOffered(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException missing) {
            if (ClassRules.isOffered(name)) {
                return host.loadClass(name);
            }
            throw missing;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }
}
