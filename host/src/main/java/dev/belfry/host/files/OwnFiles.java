package dev.belfry.host.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one JAR or folder. Those of other JARs, which the attribute {@code Class-Path} of its manifest names, are not among
 * them: an application that {@code java -jar} starts names all of its libraries there.
 */
public class OwnFiles extends URLClassLoader {

    private final String root;

    /** @param location a JAR or a folder */
    public OwnFiles(URL location) {
        this("files", location, null);
    }

    /** @param parent for classes; its files are not visible */
    protected OwnFiles(String name, URL location, @Nullable ClassLoader parent) {
        super(name, new URL[] {location}, parent);
        root = location.toString().endsWith("/") ? location.toString() : "jar:" + location + "!/";
    }

    /**
     * The JAR or the folder of a class. The JVM does not tell it for classes of a start-up cache if the JARs have been moved since
     * its creation; then the class loader does.
     *
     * @return empty for a class of the JDK, and for one that was created at run time
     */
    public static Optional<URL> locationOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? locationOf(type, type.getName().replace('.', '/') + ".class")
                : Optional.of(source.getLocation());
    }

    static Optional<URL> locationOf(Class<?> type, String file) {
        URL found = type.getClassLoader() == null ? null : type.getClassLoader().getResource(file);
        if (found == null) {
            return Optional.empty();
        }
        try {
            if (found.openConnection() instanceof JarURLConnection jar) {
                return Optional.of(jar.getJarFileURL());
            }
            String path = found.toString();
            return Optional.of(
                    URI.create(path.substring(0, path.length() - file.length())).toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOwn(@Nullable URL file) {
        return file != null && file.toString().startsWith(root);
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
    public @Nullable URL findResource(String name) {
        URL found = super.findResource(name);
        return isOwn(found) ? found : null;
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(super.findResources(name)).stream()
                .filter(this::isOwn)
                .toList());
    }
}
