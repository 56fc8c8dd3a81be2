package dev.belfry.benchmarks;

import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.data.PostgresTarget;
import dev.belfry.benchmarks.data.SqliteTarget;
import dev.belfry.benchmarks.data.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "Loads the benchmarks' data set into a database of Belfry's, for a trial of your own. Start Belfry on it"
                        + " once, so that it has its tables, and stop it before you load.")
public final class LoadData implements Callable<Integer> {

    /** Into which database. */
    static final class Where {
        @Option(
                names = "--sqlite",
                paramLabel = "FILE",
                required = true,
                description = "Such as data/notifications.sqlite.")
        private @Nullable Path sqlite;

        @Option(
                names = "--postgresql",
                paramLabel = "URL",
                required = true,
                description = "Such as jdbc:postgresql://localhost/backstage_plugin_notifications?user=belfry"
                        + "&currentSchema=belfry.")
        private @Nullable String postgresql;
    }

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(names = "--size", defaultValue = "100000", description = "How many. Default: ${DEFAULT-VALUE}.")
    private long size;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description = "Writes the users and groups whom the data set names.")
    private @Nullable Path catalog;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadData()).execute(args));
    }

    @Override
    public Integer call() throws SQLException, IOException {
        DataSet data = new DataSet(size);
        target().load(data);
        System.out.printf("loaded %,d notifications, and those of readers of a kind of their own%n", size);
        if (catalog != null) {
            Files.write(catalog, data.catalog().toList());
        }
        return 0;
    }

    private Target target() {
        if (where.sqlite != null) {
            return new SqliteTarget(where.sqlite);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(String.valueOf(where.postgresql));
        return new PostgresTarget(database);
    }
}
