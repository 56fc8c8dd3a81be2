package dev.belfry.cli;

import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.database.Databases;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.UnusableFolder;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.ListenAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what a start needs beside the configuration. */
final class Diagnostics {

    private static final int REQUIRED_JAVA = 25;
    /** The sessions and keys of the host have a database as those of a plugin. */
    private static final String HOST = "host";

    private static final long LITTLE_SPACE = 1024L * 1024 * 1024;

    private final HostSettings settings;
    private final List<JarReport> jars;

    Diagnostics(HostSettings settings, List<JarReport> jars) {
        this.settings = settings;
        this.jars = jars;
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
        boolean isInUse = DataDirectoryLock.isHeld(data);
        diagnostics.add(writable("data directory", data));
        if (isInUse) {
            diagnostics.add(Diagnostic.well(
                    "data directory", data + " is in use by a host that runs; a second host needs another one"));
        }
        diagnostics.add(space(data));
        if (ListenAddress.fault(settings.listen()).isEmpty()) {
            diagnostics.add(port(isInUse));
        }
        Diagnostic database = database();
        diagnostics.add(database);
        diagnostics.addAll(plugins(database.ok()));
        return diagnostics;
    }

    private static Diagnostic writable(String what, Path folder) {
        try {
            OwnerOnlyFiles.createFolder(folder);
            Files.delete(Files.createTempFile(folder, "doctor", ".part"));
            return Diagnostic.well(what, folder + " can be written");
        } catch (IOException e) {
            return Diagnostic.ill(what, folder + " cannot be written: " + UnusableFolder.reason(folder, e));
        }
    }

    private static Diagnostic space(Path folder) {
        try {
            long free = Files.getFileStore(UnusableFolder.existing(folder)).getUsableSpace();
            String message = (free >> 20) + " MiB are free at " + folder;
            return free >= LITTLE_SPACE ? Diagnostic.well("disk", message) : Diagnostic.ill("disk", "only " + message);
        } catch (IOException e) {
            return Diagnostic.ill(
                    "disk", "the space at " + folder + " cannot be asked for: " + UnusableFolder.reason(folder, e));
        }
    }

    /** @param isRunning whether a host with this data directory runs, which then listens there */
    private Diagnostic port(boolean isRunning) {
        String where = settings.listen().host() + ":" + settings.listen().port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(settings.listen().host()),
                    settings.listen().port()));
            return Diagnostic.well("port", where + " is free");
        } catch (BindException e) {
            return isRunning
                    ? Diagnostic.well("port", where + " is in use, as is to be expected while the host runs")
                    : cannotListen(where, e);
        } catch (IOException e) {
            return cannotListen(where, e);
        }
    }

    private static Diagnostic cannotListen(String where, IOException e) {
        return Diagnostic.ill("port", where + " cannot be listened on: " + FailureReport.whyNotBound(e));
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
        try {
            return Diagnostic.well("database", Databases.describeServer(postgres));
        } catch (SQLException e) {
            return Diagnostic.ill("database", String.valueOf(e.getMessage()));
        }
    }

    /** The tables of a plugin that would be accepted. */
    private Optional<Diagnostic> tables(Path jar, Descriptor plugin) {
        String what = "database of " + plugin.id();
        try {
            return Databases.describe(
                            settings.database().of(plugin.id()),
                            plugin.id(),
                            plugin.version(),
                            jar.toUri().toURL())
                    .map(where -> Diagnostic.well(what, where));
        } catch (SQLException | IOException e) {
            return Optional.of(Diagnostic.ill(what, String.valueOf(e.getMessage())));
        }
    }

    private boolean isShared(String pluginId) {
        return settings.database()
                .of(pluginId)
                .connection()
                .equals(settings.database().shared().connection());
    }

    /** @param isUsable whether the shared server or folder is; otherwise, there is nothing to add for the plugins in it */
    private List<Diagnostic> plugins(boolean isUsable) {
        Path folder = settings.dynamicPlugins().rootDirectory();
        List<Diagnostic> diagnostics = new ArrayList<>();
        Map<String, PluginDatabase> databases = new HashMap<>();
        for (JarReport jar : jars) {
            diagnostics.add(
                    jar.isGood() || jar.isDisabled()
                            ? Diagnostic.well(
                                    "plugin", jar.file() + (jar.isGood() ? " would be accepted" : " is disabled"))
                            : Diagnostic.ill(
                                    "plugin",
                                    folder.resolve(jar.file()) + ": " + String.join("; ", jar.faults())
                                            + ". The host starts without this plugin"));
            jar.plugin()
                    .filter(plugin -> settings.database().faultsOf(plugin.id()).isEmpty())
                    .filter(plugin -> isUsable || !isShared(plugin.id()))
                    .ifPresent(plugin -> tables(folder.resolve(jar.file()), plugin)
                            .ifPresent(tables -> {
                                diagnostics.add(tables);
                                databases.put(plugin.id(), settings.database().of(plugin.id()));
                            }));
        }
        diagnostics.addAll(connections(databases));
        return diagnostics;
    }

    /** @param databases of the plugins that have tables */
    private List<Diagnostic> connections(Map<String, PluginDatabase> databases) {
        Map<String, PluginDatabase> used = new HashMap<>(databases);
        if (settings.auth().hasSignIn()) {
            used.put(HOST, settings.database().of(HOST));
        }
        try {
            return Databases.connectionWarnings(used).stream()
                    .map(warning -> Diagnostic.warning("connections", warning))
                    .toList();
        } catch (SQLException e) {
            // The check of that database has said it.
            return List.of();
        }
    }
}
