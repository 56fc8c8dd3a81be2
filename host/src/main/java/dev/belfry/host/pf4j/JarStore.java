package dev.belfry.host.pf4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The host's own copies of dropped JARs, named by content. A plugin is loaded from its copy: the dropped file may be
 * overwritten while it is open, and classes of two versions would mix.
 */
final class JarStore {

    private final Path folder;
    private final Map<Path, Integer> uses = new HashMap<>();

    JarStore(Path folder) {
        this.folder = folder;
    }

    /** Copies the file, unless its content is here already, and counts one use of the copy. */
    synchronized Path take(Path dropped) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "take", ".part");
        try {
            String content = copyTo(dropped, part);
            if (!content.equals(copyTo(dropped, part))) {
                throw new IOException("it is being written still");
            }
            Path copy = folder.resolve(content + ".jar");
            if (!Files.exists(copy)) {
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            uses.merge(copy, 1, Integer::sum);
            return copy;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String copyTo(Path from, Path to) throws IOException {
        MessageDigest digest = Digests.sha512();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Counts one more use of a copy that is in use. */
    synchronized void retain(Path copy) {
        uses.merge(copy, 1, Integer::sum);
    }

    /** Gives one use back; the copy goes with the last. */
    synchronized void giveBack(Path copy) throws IOException {
        int left = uses.merge(copy, -1, Integer::sum);
        if (left <= 0) {
            uses.remove(copy);
            Files.deleteIfExists(copy);
        }
    }

    /** Removes what an earlier run left behind. */
    synchronized void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !uses.containsKey(file)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
