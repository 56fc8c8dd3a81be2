package dev.belfry.host.pf4j;

import dev.belfry.host.files.Digests;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The host's own copies of dropped JARs, named by their hash. Plugins are loaded from the copy: a dropped file may be
 * overwritten while it is open, which would mix classes of two versions.
 */
final class JarStore {

    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Map<Path, Integer> uses = new HashMap<>();

    JarStore(Path folder) {
        this.folder = folder;
    }

    /** Creates a temporary file in the folder. {@link #keep} removes it, or else the caller. */
    Path newPart() throws IOException {
        OwnerOnlyFiles.createFolder(folder);
        return Files.createTempFile(folder, "take", ".part");
    }

    /**
     * Copies a dropped file in its current state.
     *
     * @param limit in bytes
     */
    static void copy(Path dropped, Path to, long limit) throws IOException {
        String copied;
        try (OutputStream out = Files.newOutputStream(to)) {
            copied = copy(dropped, out, limit);
        }
        if (!copied.equals(copy(dropped, OutputStream.nullOutputStream(), limit))) {
            throw new IOException("it is still being written");
        }
    }

    /** @return the hash of the content */
    private static String copy(Path from, OutputStream to, long limit) throws IOException {
        DigestOutputStream out = new DigestOutputStream(to, Digests.sha512());
        byte[] buffer = new byte[BUFFER];
        long left = limit;
        try (InputStream in = RegularFile.open(from)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                left -= length;
                // The file may grow while it is read.
                if (left < 0) {
                    throw new IOException("it grows while it is copied, to more than " + limit + " bytes");
                }
                out.write(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }

    /**
     * Turns a complete temporary file into a copy, and counts one use. A copy of an earlier process is reused if its
     * hash is right; otherwise it is replaced.
     */
    Path keep(Path part) throws IOException {
        String content = hashOf(part);
        Path copy = folder.resolve(content + ".jar");
        synchronized (this) {
            if (Files.isRegularFile(copy) && hashOf(copy).equals(content)) {
                Files.delete(part);
            } else {
                sync(part, StandardOpenOption.WRITE);
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                syncFolder();
            }
            uses.merge(copy, 1, Integer::sum);
        }
        return copy;
    }

    private static String hashOf(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream(), Long.MAX_VALUE);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private void syncFolder() {
        try {
            sync(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows cannot open folders, and does not need it.
        }
    }

    /** Counts one more use of a copy. */
    synchronized void retain(Path copy) {
        uses.merge(copy, 1, Integer::sum);
    }

    /** Releases one use; the copy is deleted with the last. */
    synchronized void giveBack(Path copy) throws IOException {
        int left = uses.merge(copy, -1, Integer::sum);
        if (left <= 0) {
            uses.remove(copy);
            Files.deleteIfExists(copy);
        }
    }

    /** Deletes the files of earlier processes. Must not run concurrently with {@link #keep}. */
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
