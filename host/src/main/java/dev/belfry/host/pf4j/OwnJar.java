package dev.belfry.host.pf4j;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The JAR of a plugin's classes and resources. Its Class-Path attribute is ignored. */
final class OwnJar implements Closeable {

    private final JarFile jar;
    private final URL location;
    private final Optional<Manifest> manifest;

    OwnJar(Path file) throws IOException {
        location = file.toUri().toURL();
        jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
        try {
            manifest = Optional.ofNullable(jar.getManifest());
        } catch (IOException | RuntimeException e) {
            jar.close();
            throw e;
        }
    }

    URL location() {
        return location;
    }

    /** @return null when it does not exist, or when the JAR is closed */
    @Nullable
    JarEntry entry(String name) {
        try {
            return jar.getJarEntry(name);
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    InputStream open(JarEntry entry) throws IOException {
        try {
            return jar.getInputStream(entry);
        } catch (IllegalStateException closed) {
            throw new IOException(closed);
        }
    }

    byte[] read(JarEntry entry) throws IOException {
        try (InputStream in = open(entry)) {
            return in.readAllBytes();
        }
    }

    /** A URL in the form of Java's own loaders: {@code jar:file:/folder/x.jar!/name}. */
    URL locationOf(JarEntry entry) {
        try {
            String path = new URI(null, null, "/" + entry.getRealName(), null).toASCIIString();
            return URI.create("jar:" + location + "!" + path).toURL();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException("'" + entry.getName() + "' has no URL", e);
        }
    }

    /** The manifest attribute of a package, or else of the whole JAR. */
    @Nullable
    String attribute(String packageName, String name) {
        Attributes own = manifest.map(found -> found.getAttributes(packageName.replace('.', '/') + "/"))
                .orElse(null);
        String value = own == null ? null : own.getValue(name);
        return value != null
                ? value
                : manifest.map(found -> found.getMainAttributes().getValue(name))
                        .orElse(null);
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
