package dev.belfry.cli;

import dev.belfry.host.backup.BackupFailed;
import dev.belfry.host.backup.DataDirectoryLock;
import dev.belfry.host.config.Config;
import dev.belfry.host.database.Databases;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        header = "Replaces the databases of all plugins by the databases of a backup.",
        description =
                "Replaces the databases of all plugins by the databases of a backup, after it has checked them all. The host must"
                        + " be stopped. The previous databases are kept beside the new ones, with the suffix .before-restore.",
        footer = {
            "%nExample:%n  ./belfry restore /backups/belfry-2026-11-24.zip",
            "%nTo restore a dump of PostgreSQL, run pg_restore --clean --if-exists --dbname=..."
        })
final class RestoreCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "A file that ./belfry backup has written.")
    private Path file = Path.of("");

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The output of {@code --json}. */
    record Result(List<String> restored) {}

    @Override
    public Integer call() throws IOException, SQLException {
        Path archive = WorkingDirectory.resolveFile(file, "FILE", spec);
        Config config = option.load();
        HostSettings settings = HostSettings.from(config);
        Path dataDirectory = settings.belfry().dataDirectory();
        if (DataDirectoryLock.isHeld(dataDirectory)) {
            throw new BackupFailed(dataDirectory + " is in use by a running host; stop the host, then restore");
        }
        Databases.loadSqlite(dataDirectory);
        try (DataDirectoryLock lock = DataDirectoryLock.of(dataDirectory)) {
            List<String> restored = BackupCommand.of(config, settings).restore(archive);
            output.print(new Result(restored), restored);
            return 0;
        }
    }
}
