package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.trust.PluginArchive;
import dev.belfry.host.trust.Signatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads every entry of a JAR to its end, checks it, and writes it into a new JAR: exactly the checked content is loaded
 * later. The new JAR is not compressed, which loads faster.
 */
final class JarScan {

    /** One class is in memory at a time; the largest that compilers produce have about 2 MiB. */
    private static final int LARGEST_CLASS = 8 << 20;

    /** Exported classes stay in memory. */
    private static final int MOST_EXPORTED = 16 << 20;

    private final PluginArchive archive;
    private final Predicate<String> keep;
    private final Optional<Signatures> signatures;
    private final ClassFileRules rules;
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private long bytesKept;

    /**
     * @param keep names of the classes whose bytes are needed
     * @param signatures trusted signatures, which every entry must have
     */
    JarScan(PluginArchive archive, Predicate<String> keep, Optional<Signatures> signatures) {
        this.archive = archive;
        this.keep = keep;
        this.signatures = signatures;
        this.rules = new ClassFileRules(archive.jar().getEntry(ClassFileRules.JOOQ) != null);
    }

    /**
     * @return the bytes of the needed classes, by class name
     * @throws IOException when the archive is corrupt
     */
    Map<String, byte[]> copyTo(OutputStream to) throws IOException, Refusal {
        ZipOutputStream copy = new ZipOutputStream(to);
        for (JarEntry entry : archive.entries()) {
            if (signatures.isEmpty() || !isSignature(entry.getName())) {
                copy(entry, copy);
            }
        }
        copy.finish();
        return kept;
    }

    /** The signature files, which are not signed themselves. */
    private static boolean isSignature(String name) {
        return Signatures.isOfTheSignature(name) && !name.equalsIgnoreCase(JarFile.MANIFEST_NAME);
    }

    private void copy(JarEntry entry, ZipOutputStream to) throws IOException, Refusal {
        to.putNextEntry(stored(entry));
        if (entry.getName().endsWith(ClassEntryName.SUFFIX)) {
            byte[] content = contentOf(entry);
            check(new ClassEntryName(entry.getName()), content);
            to.write(content);
        } else {
            archive.read(entry, to);
        }
        to.closeEntry();
        if (signatures.isPresent()) {
            signatures.get().check(entry);
        }
    }

    private static ZipEntry stored(JarEntry entry) {
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        stored.setTime(Math.max(0, entry.getTime()));
        return stored;
    }

    private byte[] contentOf(JarEntry entry) throws IOException, Refusal {
        if (entry.getSize() > LARGEST_CLASS) {
            throw new Refusal("its class " + entry.getName() + " has " + entry.getSize() + " bytes; the maximum is "
                    + LARGEST_CLASS);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) entry.getSize());
        archive.read(entry, content);
        return content.toByteArray();
    }

    private void check(ClassEntryName name, byte[] content) throws Refusal {
        rules.check(name, content);
        if (keep.test(name.className())) {
            bytesKept += content.length;
            if (bytesKept > MOST_EXPORTED) {
                throw new Refusal(
                        "the classes of its Plugin-Exports have more than " + (MOST_EXPORTED >> 20) + " MiB in all");
            }
            kept.put(name.className(), content);
        }
    }
}
