package dev.belfry.host.cli;

import dev.belfry.host.config.Config;
import dev.belfry.host.config.DatabaseSettings;
import dev.belfry.host.config.HostSettings;
import dev.belfry.host.files.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything that a start needs, looked at one by one. */
final class Examination {

    private static final int REQUIRED_JAVA = 25;
    private static final long LITTLE_SPACE = 1024L * 1024 * 1024;
    private static final int SECONDS = 5;

    private final Config config;
    private final HostSettings settings;

    Examination(Config config, HostSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    static Finding java() {
        String found = "Java " + Runtime.version();
        return Runtime.version().feature() >= REQUIRED_JAVA
                ? Finding.well("Java", found)
                : Finding.ill("Java", found + "; " + REQUIRED_JAVA + " or newer is needed");
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Path data = settings.belfry().dataDirectory();
        findings.add(writable("data directory", data));
        findings.add(space(data));
        findings.add(port());
        findings.add(database());
        settings.permission().policyFile().ifPresent(file -> findings.add(readable("permission policy", file)));
        findings.addAll(plugins());
        return findings;
    }

    private static Finding writable(String what, Path folder) {
        try {
            OwnerOnly.createFolder(folder);
            Files.delete(Files.createTempFile(folder, "doctor", ".part"));
            return Finding.well(what, folder + " can be written");
        } catch (IOException e) {
            return Finding.ill(what, folder + " cannot be written: " + e);
        }
    }

    private static Finding readable(String what, Path file) {
        return Files.isReadable(file)
                ? Finding.well(what, file + " can be read")
                : Finding.ill(what, file + " cannot be read");
    }

    private static Finding space(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String message = (free >> 20) + " MiB are free at " + folder;
            return free >= LITTLE_SPACE ? Finding.well("disk", message) : Finding.ill("disk", "only " + message);
        } catch (IOException e) {
            return Finding.ill("disk", "the space at " + folder + " cannot be asked for: " + e);
        }
    }

    private Finding port() {
        String where = settings.listen().host() + ":" + settings.listen().port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(settings.listen().host()),
                    settings.listen().port()));
            return Finding.well("port", where + " is free");
        } catch (IOException e) {
            return Finding.ill(
                    "port", where + " cannot be listened on: " + e.getMessage() + " (does a host run already?)");
        }
    }

    private Finding database() {
        return switch (settings.database().shared().connection()) {
            case DatabaseSettings.SqliteInMemory _ -> Finding.well("database", "SQLite in memory");
            case DatabaseSettings.SqliteFolder(Path folder) -> writable("database", folder);
            case DatabaseSettings.SqliteFile(Path file) -> writable("database", file.resolveSibling(""));
            case DatabaseSettings.Postgres postgres -> reachable(postgres);
        };
    }

    private static Finding reachable(DatabaseSettings.Postgres postgres) {
        DriverManager.setLoginTimeout(SECONDS);
        try (Connection connection = DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password().orElse(""))) {
            return Finding.well(
                    "database",
                    postgres + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            return Finding.ill("database", postgres + " cannot be reached: " + e.getMessage());
        }
    }

    private List<Finding> plugins() {
        Path folder = settings.dynamicPlugins().rootDirectory();
        try {
            List<Finding> findings = new ArrayList<>();
            for (Path jar : JarFolder.jarsIn(folder)) {
                JarReport report = JarReport.of(jar, config);
                findings.add(
                        report.isGood()
                                ? Finding.well("plugin", report.file() + " would be taken")
                                : Finding.ill("plugin", report.file() + ": " + String.join("; ", report.faults())));
            }
            if (findings.isEmpty()) {
                findings.add(Finding.well("plugins", "there is none in " + folder));
            }
            return findings;
        } catch (IOException e) {
            return List.of(Finding.ill("plugins", folder + " cannot be read: " + e));
        }
    }
}
