package dev.belfry.host.backup;

import dev.belfry.host.config.DatabaseSettings;
import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.Division;
import dev.belfry.host.config.DatabaseSettings.Postgres;
import dev.belfry.host.config.DatabaseSettings.SqliteFile;
import dev.belfry.host.config.DatabaseSettings.SqliteFolder;
import dev.belfry.host.config.DatabaseSettings.SqliteInMemory;
import dev.belfry.host.files.OwnerOnlyFiles;
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

/** Where the plugins' databases are, and how they are copied: SQLite into one archive, PostgreSQL by its own tools. */
public final class Backup {

    private static final String SUFFIX = ".sqlite";
    private static final String ASIDE = ".before-restore";

    /** What SQLite keeps beside a file, and what must go wherever the file goes. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

    private final DatabaseSettings settings;
    private final Set<String> plugins;

    /** @param plugins ids of those that are known; of SQLite's files in a folder all are taken, whoever has written them */
    public Backup(DatabaseSettings settings, Set<String> plugins) {
        this.settings = settings;
        this.plugins = plugins;
    }

    /** What to run for the databases that are on PostgreSQL, a line each. */
    public List<String> postgresCommands() {
        return plugins.stream()
                .filter(plugin -> connection(plugin) instanceof Postgres)
                .map(plugin -> dump(plugin, (Postgres) connection(plugin)))
                .toList();
    }

    /** Whether there is anything that {@link #write} would copy. */
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
                + (ofItsOwn ? "" : " --schema=" + named)
                + " --dbname=" + (ofItsOwn ? server + "/" + named : address);
    }

    /**
     * Copies every SQLite database, as of one moment each, while a host may write to them.
     *
     * @param target does not exist yet
     * @return the plugins whose databases are in it
     */
    public List<String> write(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new BackupFailed(target + " exists already; name a file that does not");
        }
        Map<String, Path> files = files();
        if (files.isEmpty()) {
            throw new BackupFailed("there is no SQLite database to back up");
        }
        Path folder = Files.createTempDirectory(parent(target), ".backup");
        try {
            Path archive = folder.resolve("archive");
            try (OutputStream file = OwnerOnlyFiles.write(archive);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Map.Entry<String, Path> entry : files.entrySet()) {
                    Path copy = folder.resolve("copy");
                    SqliteCopies.copy(entry.getValue(), copy);
                    zip.putNextEntry(new ZipEntry(entry.getKey() + SUFFIX));
                    Files.copy(copy, zip);
                    zip.closeEntry();
                    Files.delete(copy);
                }
            }
            Files.move(archive, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(folder);
        }
        return List.copyOf(files.keySet());
    }

    /**
     * Puts what {@link #write} has copied in the place of what is there, once all of it has proved whole. No host may run:
     * whoever calls has its {@link DataDirectoryLock}.
     *
     * @return what became of each, in words
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
            case SqliteFolder folder -> folder.folder().resolve(entry);
            case SqliteFile file -> file.file();
            case SqliteInMemory _, Postgres _ ->
                throw new BackupFailed("the configuration has no SQLite file for plugin '" + plugin + "'");
        };
    }

    /** What was there stays beside it under another name. */
    private static String replace(Path place, Path fresh) throws IOException {
        boolean before = Files.exists(place);
        Path aside = sibling(place, ASIDE);
        // First of all the journal: beside another file it would be taken for that one's.
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
                        .forEach(file -> files.put(file.getFileName().toString().replace(SUFFIX, ""), file));
            }
        }
        settings.plugins().forEach((plugin, database) -> {
            files.remove(plugin);
            Path file = switch (database.connection()) {
                case SqliteFile single -> single.file();
                case SqliteFolder folder -> folder.folder().resolve(plugin + SUFFIX);
                case SqliteInMemory _, Postgres _ -> null;
            };
            if (file != null && Files.exists(file)) {
                files.put(plugin, file);
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

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
