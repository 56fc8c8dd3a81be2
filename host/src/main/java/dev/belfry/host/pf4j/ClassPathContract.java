package dev.belfry.host.pf4j;

import java.util.List;

/**
 * The exported packages of a plugin on the class path: its dependents see the application's own classes.
 *
 * @param key names the plugin and its version: for as long as the host runs, its content is the same
 */
record ClassPathContract(String key, List<String> packages, ClassLoader loader) implements Exports {

    @Override
    public boolean has(String className) {
        int end = className.lastIndexOf('.');
        return end >= 0 && packages.contains(className.substring(0, end));
    }

    @Override
    public Class<?> load(String className) throws ClassNotFoundException {
        return loader.loadClass(className);
    }
}
