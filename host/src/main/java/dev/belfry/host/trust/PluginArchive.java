package dev.belfry.host.trust;

import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A JAR that is not trusted yet. Its directory is checked before any content is read: every name is unambiguous for
 * every reader, and the sizes fit.
 */
public final class PluginArchive implements AutoCloseable {

    private static final int MOST_ENTRIES = 65_534;

    /** The JDK reads the manifest and the signatures into memory. */
    private static final long MOST_IN_MEMORY = 16L << 20;

    private static final int BUFFER = 64 * 1024;

    private final JarFile jar;
    private final List<JarEntry> entries;

    private PluginArchive(JarFile jar, long mostUnpacked) throws IOException, Refusal {
        this.jar = jar;
        if (jar.size() > MOST_ENTRIES) {
            throw tooManyEntries();
        }
        entries = Collections.list(jar.entries());
        checkNames();
        checkSizes(mostUnpacked);
    }

    /**
     * @param verified whether signatures are verified while entries are read
     * @param mostUnpacked maximum of all entries in bytes
     */
    public static PluginArchive open(Path file, boolean verified, long mostUnpacked) throws IOException, Refusal {
        ZipDirectory.requireReadable(file);
        JarFile jar = new JarFile(file.toFile(), verified);
        try {
            return new PluginArchive(jar, mostUnpacked);
        } catch (Throwable failure) {
            jar.close();
            throw failure;
        }
    }

    static Refusal tooManyEntries() {
        return new Refusal("it has too many entries; the maximum is " + MOST_ENTRIES);
    }

    private void checkNames() throws IOException, Refusal {
        Map<String, JarEntry> seen = HashMap.newHashMap(entries.size());
        Map<String, JarEntry> seenFiles = HashMap.newHashMap(entries.size());
        for (JarEntry entry : entries) {
            String name = entry.getName();
            requirePlainName(name);
            // Some readers that find no entry of a name use the one with a trailing slash.
            String base = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
            requireNew(seen.put(base, entry), entry);
            if (entry.isDirectory()) {
                requireEmpty(entry);
            } else {
                // A folder META-INF/license beside a file META-INF/LICENSE is common, and both stay readable.
                requireNew(seenFiles.put(base.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), entry), entry);
            }
        }
    }

    private static void requirePlainName(String name) throws Refusal {
        if (name.isEmpty() || name.contains("\\") || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("its entry '" + printable(name)
                    + "' has a name that readers interpret differently: an empty one, one with \\, or with control"
                    + " characters");
        }
        for (String part : name.split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                throw new Refusal("its entry '" + name + "' has a part '" + part + "' in its name");
            }
        }
        if (name.startsWith("/") || name.contains("//")) {
            throw new Refusal("its entry '" + name + "' has a name that begins with / or contains //");
        }
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private static void requireNew(@Nullable JarEntry other, JarEntry entry) throws Refusal {
        if (other != null) {
            throw new Refusal("its entries '" + other.getName() + "' and '" + entry.getName()
                    + "' have names that are equal, or differ only in case or a trailing /: one reader could check"
                    + " an entry that another does not load");
        }
    }

    private void requireEmpty(JarEntry folder) throws IOException, Refusal {
        try (InputStream in = jar.getInputStream(folder)) {
            if (folder.getSize() > 0 || in.read() >= 0) {
                throw new Refusal("its entry '" + folder.getName() + "' is named like a folder, but has content");
            }
        }
    }

    private void checkSizes(long mostUnpacked) throws Refusal {
        long all = 0;
        long inMemory = 0;
        for (JarEntry entry : entries) {
            all += entry.getSize();
            if (Signatures.isOfTheSignature(entry.getName())) {
                inMemory += entry.getSize();
            }
            // Checked at each step, so that the sum cannot overflow.
            if (all > mostUnpacked) {
                throw new Refusal("it unpacks to more than " + (mostUnpacked >> 20) + " MiB");
            }
            if (inMemory > MOST_IN_MEMORY) {
                throw new Refusal("its manifest and signatures unpack to more than " + (MOST_IN_MEMORY >> 20) + " MiB");
            }
        }
    }

    public JarFile jar() {
        return jar;
    }

    /** All entries, in the order of the directory. */
    public List<JarEntry> entries() {
        return entries;
    }

    /**
     * Reads an entry to its end.
     *
     * @throws IOException when its content contradicts the directory
     */
    public void read(JarEntry entry, OutputStream to) throws IOException {
        CRC32 crc = new CRC32();
        long left = entry.getSize();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = jar.getInputStream(entry)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                left -= length;
                // Count the bytes: the declared size may be wrong.
                if (left < 0) {
                    throw new IOException(entry.getName() + " is larger than the directory says: the file is corrupt");
                }
                crc.update(buffer, 0, length);
                to.write(buffer, 0, length);
            }
        }
        if (left > 0 || entry.getCrc() != crc.getValue()) {
            throw new IOException("the checksum of " + entry.getName() + " is wrong: the file is corrupt");
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
