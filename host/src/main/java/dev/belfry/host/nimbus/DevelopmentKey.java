package dev.belfry.host.nimbus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of this data directory's development tokens, made when it is first needed. Its file is its owner's alone. */
final class DevelopmentKey {

    private static final int BYTES = 32;

    private DevelopmentKey() {}

    static byte[] in(Path dataDirectory) {
        Path file = dataDirectory.resolve("keys").resolve("development.key");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the key of development tokens cannot be read or made: " + file, e);
        }
    }

    /** Written aside and linked into place: of two processes that start together, one makes the key and both read it. */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "development", ".part", ownerOnly());
        try {
            Files.writeString(part, Base64.getEncoder().encodeToString(key) + "\n");
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException _) {
            // Another process was first; its key counts.
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
