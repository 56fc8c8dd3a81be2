package dev.belfry.host.pf4j;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one generation of a plugin. In this order: the JDK, the host's API, the plugin's own JAR, what the host
 * offers. Resources are the plugin's own alone, or it would run another plugin's migrations and find another's services.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    PluginClassLoader(String generation, URL jar, ClassLoader host) {
        super(generation, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
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
            return findOwnOrOffered(name);
        }
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
