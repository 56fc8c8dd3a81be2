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
 * A plugin's own files and nothing else, for Flyway: it finds no other plugin's scripts, and no class of the plugin is
 * touched. It is a URLClassLoader because Flyway asks any other kind only for entries that JARs often lack (folders).
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

    /** Looks for files below the folder: an archive need not have an entry for the folder itself. */
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
            throw new IllegalArgumentException("'" + root + "' is no place of files", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
