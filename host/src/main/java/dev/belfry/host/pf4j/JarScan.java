package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * One walk through a JAR that reads every entry to its end: what is broken, too large, or not for this host shows before any
 * class is loaded.
 */
final class JarScan {

    private static final int MOST_ENTRIES = 65_535;
    private static final long MOST_BYTES = 512L * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final String CLASS = ".class";

    private final JarFile jar;
    private final Predicate<String> keep;
    private final ClassFileRules rules;
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private long bytes;

    /** @param keep names of the classes whose bytes are wanted */
    private JarScan(JarFile jar, Predicate<String> keep) {
        this.jar = jar;
        this.keep = keep;
        this.rules = new ClassFileRules(jar.getEntry(ClassFileRules.JOOQ) != null);
    }

    /**
     * @return the bytes of the wanted classes, by class name
     * @throws IOException when the archive is broken
     */
    static Map<String, byte[]> of(JarFile jar, Predicate<String> keep) throws IOException, Refusal {
        if (jar.size() > MOST_ENTRIES) {
            throw new Refusal("it has " + jar.size() + " entries; at most " + MOST_ENTRIES + " are taken");
        }
        JarScan scan = new JarScan(jar, keep);
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            scan.look(entries.nextElement());
        }
        return scan.kept;
    }

    private void look(JarEntry entry) throws IOException, Refusal {
        String name = entry.getName();
        // Versions for other Javas lie in META-INF.
        if (!name.endsWith(CLASS) || name.startsWith("META-INF/")) {
            read(entry, OutputStream.nullOutputStream());
            return;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        read(entry, content);
        String className = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
        rules.check(className, content.toByteArray());
        if (keep.test(className)) {
            kept.put(className, content.toByteArray());
        }
    }

    private void read(JarEntry entry, OutputStream to) throws IOException, Refusal {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), crc)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes += length;
                // Counted here: what an entry says of its size may be a lie.
                if (bytes > MOST_BYTES) {
                    throw new Refusal("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                }
                to.write(buffer, 0, length);
            }
        }
        if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
            throw new IOException("the checksum of " + entry.getName() + " is wrong: the file is damaged");
        }
    }
}
