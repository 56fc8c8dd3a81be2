package dev.belfry.host;

import dev.belfry.api.Plugin;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Builds plugin JARs from test classes. */
public final class PluginJar {

    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A valid plugin. */
    public static PluginJar of(Class<? extends Plugin> plugin, String id, String version) {
        PluginJar jar = new PluginJar();
        jar.manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return jar.attribute("Plugin-Id", id)
                .attribute("Plugin-Version", version)
                .attribute("Plugin-Requires", ">=0.1.0 & <1.0.0")
                .service(plugin.getName())
                .classes(plugin);
    }

    public PluginJar attribute(String name, String value) {
        manifest.getMainAttributes().put(new Attributes.Name(name), value);
        return this;
    }

    public PluginJar without(String attribute) {
        manifest.getMainAttributes().remove(new Attributes.Name(attribute));
        return this;
    }

    public PluginJar service(String className) {
        return file("META-INF/services/" + Plugin.class.getName(), className);
    }

    public PluginJar file(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PluginJar bytes(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** Changes the bytes of a packed class. */
    public PluginJar patch(Class<?> type, UnaryOperator<byte[]> change) {
        entries.computeIfPresent(type.getName().replace('.', '/') + ".class", (name, bytes) -> change.apply(bytes));
        return this;
    }

    public PluginJar remove(String name) {
        entries.remove(name);
        return this;
    }

    /** A class and its nested classes. */
    public PluginJar classes(Class<?> type) {
        add(type);
        for (Class<?> inner : type.getDeclaredClasses()) {
            classes(inner);
        }
        return this;
    }

    private void add(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            entries.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same bytes at every call. */
    public Path writeTo(Path file) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(entry(entry.getKey()));
                jar.write(entry.getValue());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }
}
