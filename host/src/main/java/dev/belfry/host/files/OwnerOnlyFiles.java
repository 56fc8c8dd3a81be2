package dev.belfry.host.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that nobody but the user of this process may read or write, whatever its umask is. File systems without
 * permissions of POSIX are left alone.
 */
public final class OwnerOnlyFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlyFiles.class);

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnlyFiles() {}

    /** Creates a folder, and those above it, where they are missing. */
    public static Path createFolder(Path folder) throws IOException {
        return Files.createDirectories(folder, permissions(folder, FOLDER));
    }

    /** Creates an empty file where none is. One that is there keeps its content and loses what others may do with it. */
    public static Path createFile(Path file) throws IOException {
        try {
            return Files.createFile(file, permissions(file, FILE));
        } catch (FileAlreadyExistsException e) {
            restrict(file);
            return file;
        }
    }

    /** Writes a file anew. */
    public static OutputStream write(Path file) throws IOException {
        return Files.newOutputStream(createFile(file));
    }

    /**
     * Takes from others what they may do with a file or folder. Where that is not allowed, the log says so.
     *
     * @return whether they could do anything before, and now cannot
     */
    public static boolean restrict(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        Set<PosixFilePermission> before = view.readAttributes().permissions();
        Set<PosixFilePermission> owners = EnumSet.noneOf(PosixFilePermission.class);
        owners.addAll(before);
        owners.retainAll(FOLDER);
        if (owners.equals(before)) {
            return false;
        }
        if (Files.isDirectory(path) && before.contains(PosixFilePermission.OTHERS_WRITE)) {
            // Such as /tmp, which is everybody's.
            LOG.warn("{} can be written by everybody, and is left as it is; use a folder of your own", path);
            return false;
        }
        try {
            view.setPermissions(owners);
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "{} has the permissions {}, so that other users may use it, and they cannot be changed: {}",
                    path,
                    PosixFilePermissions.toString(before),
                    e.toString());
            return false;
        }
    }

    private static FileAttribute<?>[] permissions(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
