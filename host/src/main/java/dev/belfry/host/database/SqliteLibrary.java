package dev.belfry.host.database;

import dev.belfry.host.files.Digests;
import dev.belfry.host.files.OwnerOnlyFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, in a permanent file. By default the driver unpacks it into the temporary folder at each
 * start, where it remains when the process is killed, and which is often mounted noexec.
 */
final class SqliteLibrary {

    /** The driver's own settings; an operator's value takes precedence. */
    private static final String PATH = "org.sqlite.lib.path";

    private static final String NAME = "org.sqlite.lib.name";
    private static final String FALLBACK = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteLibrary() {}

    /**
     * Loads the library, once per process.
     *
     * @param dataDirectory where it is unpacked, in the folder {@code native}, unless the distribution contains it
     */
    static synchronized void load(Path dataDirectory) throws SQLException {
        if (loaded) {
            return;
        }
        synchronized (SQLiteJDBCLoader.class) {
            if (!isLoadedByDriver()) {
                loadFrom(dataDirectory);
            }
        }
        loaded = true;
    }

    /**
     * An application that embeds the host may use the driver as well. Two copies of the library in one JVM would crash
     * it.
     */
    private static boolean isLoadedByDriver() throws SQLException {
        try {
            new NativeDB("", "", new SQLiteConfig()).libversion();
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static void loadFrom(Path dataDirectory) throws SQLException {
        if (System.getProperty(PATH) == null) {
            Path file = file(dataDirectory.toAbsolutePath());
            require(file);
            System.setProperty(PATH, file.resolveSibling("").toString());
            System.setProperty(NAME, file.getFileName().toString());
            System.setProperty(FALLBACK, file.resolveSibling("").toString());
        }
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new SQLException("SQLite's native library cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static Path file(Path dataDirectory) throws SQLException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        String home = System.getProperty("belfry.home");
        if (home != null) {
            Path shipped = Path.of(home, "lib", "native", resource.substring(1));
            if (Files.isReadable(shipped)) {
                return shipped.toAbsolutePath();
            }
        }
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            return unpacked(in, resource, dataDirectory.resolve("native"));
        } catch (IOException e) {
            throw new SQLException("SQLite's native library cannot be unpacked into " + dataDirectory + ": " + e, e);
        }
    }

    /** The folder's name contains a hash of the content, so versions do not mix. */
    private static Path unpacked(@Nullable InputStream in, String resource, Path folder) throws IOException {
        if (in == null) {
            throw new FileNotFoundException("the driver contains no library for this system (" + resource + ")");
        }
        byte[] content = in.readAllBytes();
        Path own = OwnerOnlyFiles.createFolder(folder.resolve("sqlite-" + hash(content)));
        Path file = own.resolve(LibraryLoaderUtil.getNativeLibName());
        if (!Files.exists(file) || !Arrays.equals(content, Files.readAllBytes(file))) {
            Path part = Files.createTempFile(own, "unpack", ".part");
            try (OutputStream out = OwnerOnlyFiles.write(part)) {
                out.write(content);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256().digest(content), 0, 8);
    }

    /** The driver would print a stack trace and not report the reason to the caller. */
    private static void require(Path file) throws SQLException {
        if (SqliteLibrary.class.getClassLoader() != SQLiteJDBCLoader.class.getClassLoader()) {
            // A native library belongs to one class loader, which must be the driver's.
            return;
        }
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new SQLException(
                    "SQLite's native library cannot be loaded from " + file + ": "
                            + String.valueOf(e.getMessage()).replace(file + ": ", "")
                            + "; if the file system is mounted noexec, name a folder on another one in "
                            + "belfry.dataDirectory, or one that holds the library in -D" + PATH,
                    e);
        }
    }
}
