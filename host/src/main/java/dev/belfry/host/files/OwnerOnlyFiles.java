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
 * Creates files and folders that only the user of this process can access, whatever the umask. Has no effect on file
 * systems without POSIX permissions.
 */
public final class OwnerOnlyFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlyFiles.class);

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnlyFiles() {}

    /** Creates a folder and its missing parents. */
    public static Path createFolder(Path folder) throws IOException {
        return Files.createDirectories(folder, permissions(folder, FOLDER));
    }

    /**
     * Creates an empty file if it is missing. An existing file keeps its content and loses the permissions of other
     * users.
     */
    public static Path createFile(Path file) throws IOException {
        try {
            return Files.createFile(file, permissions(file, FILE));
        } catch (FileAlreadyExistsException e) {
            restrict(file);
            return file;
        }
    }

    /** Creates or overwrites a file. */
    public static OutputStream write(Path file) throws IOException {
        return Files.newOutputStream(createFile(file));
    }

    /**
     * Removes the permissions of other users. Logs a warning where that is not allowed.
     *
     * @return whether permissions were removed
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
            // Such as /tmp.
            LOG.warn("{} is writable by everybody and is not changed; use a folder of your own", path);
            return false;
        }
        try {
            view.setPermissions(owners);
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "{} has the permissions {}, which give other users access, and they cannot be changed: {}",
                    path,
                    PosixFilePermissions.toString(before),
                    RegularFile.reason(path, e));
            return false;
        }
    }

    private static FileAttribute<?>[] permissions(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
