package dev.belfry.host.backup;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.ProcessLock;
import dev.belfry.host.files.UnusableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reserves a data directory for one process. */
public final class DataDirectoryLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectoryLock.class);

    private static final String FILE = "belfry.lock";

    private final ProcessLock lock;

    private DataDirectoryLock(ProcessLock lock) {
        this.lock = lock;
    }

    /**
     * Acquires the lock.
     *
     * @throws ConfigurationException when another host holds it, or the directory is not writable
     */
    public static DataDirectoryLock of(Path dataDirectory) {
        try {
            OwnerOnlyFiles.createFolder(dataDirectory);
            if (OwnerOnlyFiles.restrict(dataDirectory)) {
                LOG.warn(
                        "belfry.dataDirectory: {} was accessible to other users; its permissions are now limited to its"
                                + " owner",
                        dataDirectory);
            }
            Optional<ProcessLock> lock = ProcessLock.tryAcquire(OwnerOnlyFiles.createFile(dataDirectory.resolve(FILE)));
            if (lock.isPresent()) {
                return new DataDirectoryLock(lock.get());
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("belfry.dataDirectory: " + dataDirectory + " cannot be written to: "
                            + UnusableFolder.reason(dataDirectory, e)
                            + ". Set belfry.dataDirectory, or the environment variable APP_CONFIG_belfry_dataDirectory, to a"
                            + " folder in which the host may write"));
        }
        throw new ConfigurationException(List.of("belfry.dataDirectory: " + dataDirectory
                + " is in use by a host that runs; each host needs a data directory of its own"));
    }

    /** Whether a host uses the data directory now. Creates nothing. */
    public static boolean isHeld(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.isWritable(file)) {
            return false;
        }
        try {
            Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
