package dev.belfry.host.pf4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds the classes to which a plugin's own classes refer, and which the plugin cannot see. The classes of packed libraries are not
 * searched: a library may refer to another that it uses only if it is there.
 */
final class MissingClasses {

    private final Map<String, JarEntry> packed = new HashMap<>();
    private final Map<String, Boolean> visible = new HashMap<>();
    private final Predicate<String> exported;
    private final ClassLoader host;

    private MissingClasses(JarFile jar, Predicate<String> exported, ClassLoader host) {
        this.exported = exported;
        this.host = host;
        jar.versionedStream()
                .filter(entry -> entry.getName().endsWith(ClassEntryName.SUFFIX))
                .forEach(entry -> packed.put(new ClassEntryName(entry.getName()).className(), entry));
    }

    /**
     * @param exported the classes that the plugin's dependencies export
     * @param host loads the classes that the host shares
     * @return the missing classes, each with one that refers to it
     * @throws IllegalArgumentException when a class is no class file
     */
    static SortedMap<String, String> in(Path file, OwnPackages own, Predicate<String> exported, ClassLoader host)
            throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            MissingClasses search = new MissingClasses(jar, exported, host);
            SortedMap<String, String> missing = new TreeMap<>();
            for (String name : search.packed.keySet().stream()
                    .filter(own::contain)
                    .sorted()
                    .toList()) {
                for (String used : ClassNames.neededBy(search.content(jar, name))) {
                    if (!search.isVisible(used)) {
                        missing.putIfAbsent(used, name);
                    }
                }
            }
            return Collections.unmodifiableSortedMap(missing);
        }
    }

    private byte[] content(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(packed.get(name))) {
            return in.readAllBytes();
        }
    }

    private boolean isVisible(String name) {
        return visible.computeIfAbsent(name, this::look);
    }

    /** In the order of {@link PluginClassLoader}. */
    private boolean look(String name) {
        if (ClassRules.isHostOnly(name)) {
            return has(host, name);
        }
        return packed.containsKey(name)
                || has(ClassLoader.getPlatformClassLoader(), name)
                || exported.test(name)
                || ClassRules.isOffered(name) && has(host, name);
    }

    private static boolean has(ClassLoader loader, String name) {
        return loader.getResource(name.replace('.', '/') + ClassEntryName.SUFFIX) != null;
    }
}
