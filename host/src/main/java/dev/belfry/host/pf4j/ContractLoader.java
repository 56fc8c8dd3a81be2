package dev.belfry.host.pf4j;

import java.util.List;
import java.util.Map;

/**
 * Class loader of one contract. Defines classes from memory, since an open file cannot be deleted on every system. Sees
 * the JDK, the host's API, and the contracts that this one depends on.
 */
final class ContractLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classes;
    private final List<Exports> others;
    private final ClassLoader host;

    ContractLoader(String name, Map<String, byte[]> classes, List<Exports> others, ClassLoader host) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.classes = classes;
        this.others = List.copyOf(others);
        this.host = host;
    }

    boolean has(String className) {
        return classes.containsKey(className);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            return found == null ? find(name) : found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        byte[] own = classes.get(name);
        if (own != null) {
            return defineClass(name, own, 0, own.length);
        }
        if (ClassRules.isHostOnly(name)) {
            return host.loadClass(name);
        }
        for (Exports other : others) {
            if (other.has(name)) {
                return other.load(name);
            }
        }
        return getPlatformClassLoader().loadClass(name);
    }
}
