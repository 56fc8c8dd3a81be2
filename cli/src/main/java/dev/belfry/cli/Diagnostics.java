package dev.belfry.cli;

import dev.belfry.host.config.Config;
import dev.belfry.host.database.Databases;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks everything that a start needs. */
final class Diagnostics {

    private static final int REQUIRED_JAVA = 25;
    private static final long LITTLE_SPACE = 1024L * 1024 * 1024;

    private final Config config;
    private final HostSettings settings;

    Diagnostics(Config config, HostSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    static Diagnostic java() {
        String found = "Java " + Runtime.version();
        return Runtime.version().feature() >= REQUIRED_JAVA
                ? Diagnostic.well("Java", found)
                : Diagnostic.ill("Java", found + "; " + REQUIRED_JAVA + " or newer is needed");
    }

    List<Diagnostic> diagnostics() {
        List<Diagnostic> diagnostics = new ArrayList<>();
        Path data = settings.belfry().dataDirectory();
        diagnostics.add(writable("data directory", data));
        diagnostics.add(space(data));
        diagnostics.add(port());
        diagnostics.add(database());
        settings.permission().policyFile().ifPresent(file -> diagnostics.add(readable("permission policy", file)));
        diagnostics.addAll(plugins());
        return diagnostics;
    }

    private static Diagnostic writable(String what, Path folder) {
        try {
            OwnerOnlyFiles.createFolder(folder);
            Files.delete(Files.createTempFile(folder, "doctor", ".part"));
            return Diagnostic.well(what, folder + " can be written");
        } catch (IOException e) {
            return Diagnostic.ill(what, folder + " cannot be written: " + e);
        }
    }

    private static Diagnostic readable(String what, Path file) {
        return Files.isReadable(file)
                ? Diagnostic.well(what, file + " can be read")
                : Diagnostic.ill(what, file + " cannot be read");
    }

    private static Diagnostic space(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String message = (free >> 20) + " MiB are free at " + folder;
            return free >= LITTLE_SPACE ? Diagnostic.well("disk", message) : Diagnostic.ill("disk", "only " + message);
        } catch (IOException e) {
            return Diagnostic.ill("disk", "the space at " + folder + " cannot be asked for: " + e);
        }
    }

    private Diagnostic port() {
        String where = settings.listen().host() + ":" + settings.listen().port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(settings.listen().host()),
                    settings.listen().port()));
            return Diagnostic.well("port", where + " is free");
        } catch (IOException e) {
            return Diagnostic.ill(
                    "port", where + " cannot be listened on: " + e.getMessage() + " (does a host run already?)");
        }
    }

    private Diagnostic database() {
        return switch (settings.database().shared().connection()) {
            case DatabaseSettings.SqliteInMemory _ -> Diagnostic.well("database", "SQLite in memory");
            case DatabaseSettings.SqliteFolder(Path folder) -> writable("database", folder);
            case DatabaseSettings.SqliteFile(Path file) -> writable("database", file.resolveSibling(""));
            case DatabaseSettings.Postgres postgres -> reachable(postgres);
        };
    }

    private static Diagnostic reachable(DatabaseSettings.Postgres postgres) {
        try (Connection connection = Databases.connect(postgres)) {
            return Diagnostic.well(
                    "database",
                    postgres + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            return Diagnostic.ill("database", postgres + " cannot be reached: " + e.getMessage());
        }
    }

    private List<Diagnostic> plugins() {
        Path folder = settings.dynamicPlugins().rootDirectory();
        try {
            List<Diagnostic> diagnostics = new ArrayList<>();
            for (Path jar : JarFolder.jarsIn(folder)) {
                JarReport report = JarReport.of(jar, config);
                diagnostics.add(
                        report.isGood()
                                ? Diagnostic.well("plugin", report.file() + " would be taken")
                                : Diagnostic.ill("plugin", report.file() + ": " + String.join("; ", report.faults())));
            }
            if (diagnostics.isEmpty()) {
                diagnostics.add(Diagnostic.well("plugins", "there is none in " + folder));
            }
            return diagnostics;
        } catch (IOException e) {
            return List.of(Diagnostic.ill("plugins", folder + " cannot be read: " + e));
        }
    }
}
