package dev.belfry.host.nimbus;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.files.UnusableFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The data directory's key for development tokens, created on first use. Only the owner can read the file. */
final class DevelopmentKey {

    private static final int BYTES = 32;

    private DevelopmentKey() {}

    static byte[] in(Path dataDirectory) {
        Path file = dataDirectory.resolve("keys").resolve("development.key");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return decoded(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new ConfigurationException(List.of(
                    Files.exists(file)
                            ? file + ": the key of development tokens cannot be read: " + RegularFile.reason(file, e)
                            : "belfry.dataDirectory: the key of development tokens " + file + " cannot be created: "
                                    + UnusableFolder.reason(dataDirectory, e)
                                    + ". Set belfry.dataDirectory, or the environment variable APP_CONFIG_belfry_dataDirectory, to a"
                                    + " folder in which the host may write"));
        }
    }

    /** A truncated key could be guessed, so the length is checked. */
    private static byte[] decoded(Path file, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like a wrong length.
        }
        throw new ConfigurationException(List.of(file + ": does not hold a key of " + BYTES
                + " bytes in base64; delete the file to have a new key created"));
    }

    /**
     * Writes a temporary file and links it into place: if two processes start together, one creates the key and both
     * read it.
     */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = file.resolveSibling("");
        OwnerOnlyFiles.createFolder(folder);
        Path part = OwnerOnlyFiles.createFile(Files.createTempFile(folder, "development", ".part"));
        try {
            Files.writeString(part, Base64.getEncoder().encodeToString(key) + "\n");
            link(part, file);
        } catch (FileAlreadyExistsException _) {
            // Another process was first; its key is used.
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void link(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Some file systems do not support hard links.
            Files.move(part, file);
        }
    }
}
