package dev.belfry.host.pf4j;

import java.util.List;

/**
 * The exported packages of a plugin on the class path. Dependents use the application's classes.
 *
 * @param key plugin id and version: the content does not change while the host runs
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
