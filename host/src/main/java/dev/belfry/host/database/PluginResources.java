package dev.belfry.host.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's own files, for Flyway: neither scripts of other plugins nor classes are visible. A URLClassLoader, since
 * Flyway asks other kinds of loaders only for folder entries, which JARs often lack.
 */
final class PluginResources extends URLClassLoader {

    private final URL root;

    PluginResources(URL root) {
        super("migrations", new URL[] {root}, PluginResources.class.getClassLoader());
        this.root = root;
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        throw new ClassNotFoundException(name);
    }

    /** Searches for files in the folder: a JAR may lack an entry for the folder itself. */
    boolean hasFolder(String folder) {
        try {
            Path path = Path.of(root.toURI());
            if (Files.isDirectory(path)) {
                return Files.isDirectory(path.resolve(folder));
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                return jar.stream().anyMatch(entry -> entry.getName().startsWith(folder + "/"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + root + "' is not a location of files", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
