package dev.belfry.host.files;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
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
