package dev.belfry.host.backup;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.UnusableFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reserves a data directory for one process. The operating system releases the lock when the process ends. */
public final class DataDirectoryLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectoryLock.class);

    private static final String FILE = "belfry.lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
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
            FileChannel channel =
                    FileChannel.open(OwnerOnlyFiles.createFile(dataDirectory.resolve(FILE)), StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return new DataDirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("belfry.dataDirectory: " + dataDirectory + " cannot be written to: "
                            + UnusableFolder.reason(dataDirectory, e)
                            + ". Set belfry.dataDirectory to a folder in which the host may write"));
        }
        throw new ConfigurationException(List.of("belfry.dataDirectory: " + dataDirectory
                + " is in use by a host that runs; each host needs a data directory of its own"));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
