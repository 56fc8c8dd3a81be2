package dev.belfry.host.pf4j;

import dev.belfry.host.files.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The exported classes of a JAR, in their own class loader: they outlive the generation that brought them. */
final class JarContract implements Exports {

    private final String key;
    private final ContractLoader loader;

    JarContract(String key, Map<String, byte[]> classes, List<Exports> others, ClassLoader host) {
        this.key = key;
        this.loader = new ContractLoader("contract " + key.substring(0, 8), Map.copyOf(classes), others, host);
    }

    /** Depends on every byte of the classes, and on the contracts that they refer to. */
    static String keyOf(Map<String, byte[]> classes, List<Exports> others) {
        MessageDigest digest = Digests.sha512();
        new TreeMap<>(classes).forEach((name, bytes) -> {
            digest.update((name + ' ' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        others.forEach(other -> digest.update(other.key().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean has(String className) {
        return loader.has(className);
    }

    @Override
    public Class<?> load(String className) throws ClassNotFoundException {
        return loader.loadClass(className);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JarContract contract && contract.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
