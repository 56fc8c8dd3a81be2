package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds and instantiates the plugin class that a service file names. */
final class Providers {

    static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();

    private Providers() {}

    /** The class names in a service file, without comments and blank lines. */
    static List<String> namesIn(InputStream serviceFile) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(serviceFile, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    static String only(List<String> names) throws Refusal {
        if (names.size() != 1) {
            throw new Refusal(
                    SERVICE_FILE + " must name one plugin class, but names " + (names.isEmpty() ? "none" : names));
        }
        return names.getFirst();
    }

    /** The constructor of the plugin class, which is not initialized yet. */
    static Constructor<? extends Plugin> constructor(String className, ClassLoader loader) throws Refusal {
        try {
            Class<?> type = Class.forName(className, false, loader);
            if (!Plugin.class.isAssignableFrom(type)) {
                throw new Refusal(className + " does not implement " + Plugin.class.getName());
            }
            return type.asSubclass(Plugin.class).getConstructor();
        } catch (ClassNotFoundException e) {
            throw new Refusal(SERVICE_FILE + " names " + className + ", which does not exist", e);
        } catch (NoSuchMethodException e) {
            throw new Refusal(className + " has no public constructor without parameters", e);
        }
    }

    static Plugin create(String className, ClassLoader loader) throws Refusal {
        try {
            return constructor(className, loader).newInstance();
        } catch (InvocationTargetException e) {
            throw new Refusal("the constructor of " + className + " failed: " + e.getTargetException(), e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new Refusal(className + " is not a public class that can be instantiated", e);
        }
    }
}
