package dev.belfry.host.pf4j;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Class loader of one plugin generation. Search order: the host's API, the JDK, exports of dependencies, the plugin's
 * own exports, the rest of its JAR, the platform libraries. Resources come from its own JAR only; otherwise it would
 * run another plugin's migrations and find another plugin's services.
 */
final class PluginClassLoader extends SecureClassLoader implements Closeable {

    static {
        registerAsParallelCapable();
    }

    private final OwnJar jar;
    private final List<Exports> contracts;
    private final ClassLoader host;

    /**
     * @param jar the host's copy, the only file that is loaded from
     * @param contracts exports of the plugin's dependencies, then its own
     */
    PluginClassLoader(String generation, Path jar, List<Exports> contracts, ClassLoader host) throws IOException {
        super(generation, ClassLoader.getPlatformClassLoader());
        this.jar = new OwnJar(jar);
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
        JarEntry own = jar.entry(name.replace('.', '/') + ClassEntryName.SUFFIX);
        if (own != null) {
            return define(name, own);
        }
        if (ClassRules.isOffered(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return findOwnOrOffered(name);
    }

    private Class<?> define(String name, JarEntry entry) throws ClassNotFoundException {
        try {
            byte[] content = jar.read(entry);
            int end = name.lastIndexOf('.');
            if (end > 0 && getDefinedPackage(name.substring(0, end)) == null) {
                definePackage(name.substring(0, end));
            }
            return defineClass(
                    name, content, 0, content.length, new CodeSource(jar.location(), entry.getCodeSigners()));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private void definePackage(String name) {
        try {
            definePackage(
                    name,
                    jar.attribute(name, "Specification-Title"),
                    jar.attribute(name, "Specification-Version"),
                    jar.attribute(name, "Specification-Vendor"),
                    jar.attribute(name, "Implementation-Title"),
                    jar.attribute(name, "Implementation-Version"),
                    jar.attribute(name, "Implementation-Vendor"),
                    null);
        } catch (IllegalArgumentException e) {
            // Another thread has defined it.
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        JarEntry entry = jar.entry(name);
        return entry == null ? null : jar.locationOf(entry);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return findResources(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        JarEntry entry = jar.entry(name);
        try {
            return entry == null ? null : jar.open(entry);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
