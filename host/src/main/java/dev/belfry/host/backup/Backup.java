package dev.belfry.host.backup;

import dev.belfry.host.database.Databases;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFile;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.DatabaseSettings.SqliteInMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Backup and restore of the plugins' databases: SQLite into one archive, PostgreSQL with its own tools. */
public final class Backup {

    private static final String SUFFIX = ".sqlite";
    private static final String ASIDE = ".before-restore";

    /** SQLite's companion files, which must move together with the database file. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

    private final DatabaseSettings settings;
    private final Set<String> plugins;

    /** @param plugins ids of the known plugins and of the host; of a folder with SQLite files, all files are copied */
    public Backup(DatabaseSettings settings, Set<String> plugins) {
        this.settings = settings;
        this.plugins = plugins;
    }

    /** The commands to back up databases on PostgreSQL, one per line. */
    public List<String> postgresCommands() {
        return plugins.stream()
                .filter(plugin -> connection(plugin) instanceof Postgres)
                .map(plugin -> dump(plugin, (Postgres) connection(plugin)))
                .toList();
    }

    /** Whether {@link #write} would copy anything. */
    public boolean hasFiles() throws IOException {
        return !files().isEmpty();
    }

    private Connection connection(String plugin) {
        return settings.of(plugin).connection();
    }

    private static String dump(String plugin, Postgres postgres) {
        String address = postgres.jdbcUrl().substring("jdbc:".length()).replaceFirst("\\?.*", "");
        String server = address.substring(0, address.lastIndexOf('/'));
        String named = postgres.database().orElse(postgres.prefix() + plugin);
        boolean ofItsOwn =
                postgres.division() == Division.DATABASE || postgres.database().isPresent();
        return "pg_dump --format=custom --file=" + plugin + ".dump"
                + " --username=" + postgres.user()
                + (ofItsOwn ? "" : " --schema=" + named + " --schema=" + named + "_belfry")
                + " --dbname=" + (ofItsOwn ? server + "/" + named : address);
    }

    /**
     * Copies every SQLite database, each as of one moment, while a host may write to them.
     *
     * @param target does not exist yet
     * @return the plugins whose databases were copied
     */
    public List<String> write(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new BackupFailed(target + " exists already; name a file that does not");
        }
        Map<String, Path> files = files();
        if (files.isEmpty()) {
            throw new BackupFailed("there is no SQLite database to back up");
        }
        try (TempFolder folder = TempFolder.in(parent(target), ".backup")) {
            Path archive = folder.path().resolve("archive");
            try (OutputStream file = OwnerOnlyFiles.write(archive);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Map.Entry<String, Path> entry : files.entrySet()) {
                    Path copy = folder.path().resolve("copy");
                    SqliteCopies.copy(entry.getValue(), copy);
                    zip.putNextEntry(new ZipEntry(entry.getKey() + SUFFIX));
                    Files.copy(copy, zip);
                    zip.closeEntry();
                    Files.delete(copy);
                }
            }
            Files.move(archive, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return List.copyOf(files.keySet());
    }

    /**
     * Replaces the databases by the databases of the archive, after all of them have passed an integrity check. No host may
     * run: the caller holds the {@link DataDirectoryLock}.
     *
     * @return one message per database
     */
    public List<String> restore(Path archive) throws IOException {
        List<String> done = new ArrayList<>();
        Map<Path, Path> places = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path place = placeOf(entry.getName());
                Path fresh = sibling(place, ".restoring");
                OwnerOnlyFiles.createFolder(parent(place));
                places.put(fresh, place);
                try (InputStream in = zip.getInputStream(entry);
                        OutputStream out = OwnerOnlyFiles.write(fresh)) {
                    in.transferTo(out);
                }
                SqliteCopies.check(fresh, entry.getName());
            }
            for (Map.Entry<Path, Path> each : places.entrySet()) {
                done.add(replace(each.getValue(), each.getKey()));
            }
        } catch (ZipException e) {
            throw new BackupFailed(archive + " is no backup of Belfry: " + e.getMessage(), e);
        } finally {
            for (Path left : places.keySet()) {
                Files.deleteIfExists(left);
            }
        }
        if (done.isEmpty()) {
            throw new BackupFailed(archive + " has no database in it");
        }
        return done;
    }

    private Path placeOf(String entry) {
        if (!entry.matches("[a-z][a-z0-9-]*\\" + SUFFIX)) {
            throw new BackupFailed("'" + entry + "' is no database of a plugin; this is no backup of Belfry");
        }
        String plugin = entry.substring(0, entry.length() - SUFFIX.length());
        return switch (connection(plugin)) {
            case SqliteFolder folder -> Databases.sqliteFile(folder.folder().resolve(entry));
            case SqliteFile file -> Databases.sqliteFile(file.file());
            case SqliteInMemory _, Postgres _ ->
                throw new BackupFailed("the configuration has no SQLite file for plugin '" + plugin + "'");
        };
    }

    /** Keeps the previous file under another name. */
    private static String replace(Path place, Path fresh) throws IOException {
        boolean before = Files.exists(place);
        Path aside = sibling(place, ASIDE);
        // The journal first: beside another database file, SQLite would apply it to that one.
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(sibling(aside, companion));
        }
        if (before) {
            for (String companion : COMPANIONS) {
                if (Files.exists(sibling(place, companion))) {
                    OwnerOnlyFiles.restrict(sibling(place, companion));
                    Files.move(sibling(place, companion), sibling(aside, companion));
                }
            }
            OwnerOnlyFiles.restrict(place);
            Files.move(place, aside, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        return place + " is restored" + (before ? "; what was there is now " + aside : "");
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (settings.shared().connection() instanceof SqliteFolder folder && Files.isDirectory(folder.folder())) {
            try (Stream<Path> all = Files.list(folder.folder())) {
                all.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                        .map(file -> Databases.configuredName(file.getFileName().toString()))
                        .forEach(name -> files.put(
                                name.replace(SUFFIX, ""),
                                Databases.sqliteFile(folder.folder().resolve(name))));
            }
        }
        settings.plugins().forEach((plugin, database) -> {
            files.remove(plugin);
            Path file = switch (database.connection()) {
                case SqliteFile single -> single.file();
                case SqliteFolder folder -> folder.folder().resolve(plugin + SUFFIX);
                case SqliteInMemory _, Postgres _ -> null;
            };
            Path used = file == null ? null : Databases.sqliteFile(file);
            if (used != null && Files.exists(used)) {
                files.put(plugin, used);
            }
        });
        return files;
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
