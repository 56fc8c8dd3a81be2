package dev.belfry.cli;

import dev.belfry.host.backup.Backup;
import dev.belfry.host.config.Config;
import dev.belfry.host.database.Databases;
import dev.belfry.host.hostdatabase.HostDatabase;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belfry backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        header = "Copies the SQLite databases of all plugins to one file.",
        description =
                "Copies the SQLite databases of all plugins to one file. The host can run meanwhile: each database is copied as it"
                        + " is at one moment. For databases on PostgreSQL, it prints the pg_dump command to run.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the backup is complete",
            "1:the backup is not complete; the output says what to do",
            "2:the command was called wrongly"
        },
        footer = "%nExample:%n  ./belfry backup /backups/belfry-2026-11-24.zip")
final class BackupCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to write. It must not exist.")
    private @Nullable Path file;

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    /**
     * The output of {@code --json}.
     *
     * @param plugins plugins whose databases are in the file
     * @param toRun commands for databases on PostgreSQL
     */
    record Result(List<String> plugins, List<String> toRun) {}

    static Backup of(Config config, HostSettings settings) throws IOException {
        Set<String> plugins = new TreeSet<>(settings.database().plugins().keySet());
        for (Path jar : JarFolder.jarsIn(settings.dynamicPlugins().rootDirectory())) {
            JarReport.of(jar, config).plugin().ifPresent(plugin -> plugins.add(plugin.id()));
        }
        plugins.add(HostDatabase.ID);
        return new Backup(settings.database(), plugins);
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Config config = option.load();
        HostSettings settings = HostSettings.from(config);
        Backup backup = of(config, settings);
        Databases.loadSqlite(settings.belfry().dataDirectory());
        List<String> commands = backup.postgresCommands();
        List<String> lines = new ArrayList<>();
        List<String> copied = List.of();
        if (commands.isEmpty() || backup.hasFiles()) {
            Path target = WorkingDirectory.resolve(file == null ? Path.of("") : file);
            copied = backup.write(target);
            lines.add(target + " has the databases of " + String.join(", ", copied));
        }
        if (!commands.isEmpty()) {
            lines.add("run this for what is on PostgreSQL, and keep what it writes:");
            commands.forEach(command -> lines.add("  " + command));
            lines.add(
                    "pg_dump fails for a database that does not exist, which is normal for a plugin that stores nothing, and for"
                            + " the host until somebody signs in");
        }
        output.print(new Result(copied, commands), lines);
        return commands.isEmpty() ? 0 : 1;
    }
}
