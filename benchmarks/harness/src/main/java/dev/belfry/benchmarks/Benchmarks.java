package dev.belfry.benchmarks;

import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Cases;
import dev.belfry.benchmarks.cases.Subject;
import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.load.Wrk;
import dev.belfry.benchmarks.report.Figure;
import dev.belfry.benchmarks.report.Machine;
import dev.belfry.benchmarks.report.Report;
import dev.belfry.benchmarks.report.Results;
import dev.belfry.benchmarks.server.BelfryServer;
import dev.belfry.benchmarks.server.BelfryServer.Distribution;
import dev.belfry.benchmarks.server.PeerServer;
import dev.belfry.benchmarks.server.PostgresServer;
import dev.belfry.benchmarks.server.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Measures the built distribution on PostgreSQL and on SQLite, and its peer beside it.")
public final class Benchmarks implements Callable<Integer> {

    private static final List<Long> SIZES = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);
    private static final List<Long> QUICK_SIZES = List.of(10_000L, 100_000L);

    /** A file of SQLite takes long to be loaded, and who has more than this has PostgreSQL. */
    private static final long LARGEST_SQLITE = 1_000_000;

    private static final Set<CaseName> ALLOCATING =
            Set.of(CaseName.CONSTANT, CaseName.PAGE, CaseName.PAGE_ANEW, CaseName.COUNT);

    /** In which there are some collections, whatever is allocated. */
    private static final Duration ALLOCATION_TIME = Duration.ofSeconds(3);

    /** The peer answers hardly anything at a million already. */
    private static final long LARGEST_PEER = 1_000_000;

    @Option(names = "--quick", description = "10,000 and 100,000 notifications, one round of a second each.")
    private boolean quick;

    @Option(names = "--sizes", split = ",", description = "How many notifications. Default: 10000,...,10000000.")
    private @Nullable List<Long> sizes;

    @Option(names = "--rounds", description = "How often each case is measured. Default: 3.")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", description = "How long a measurement lasts. Default: 3.")
    private @Nullable Integer seconds;

    @Option(names = "--warm-up", description = "How long each case is run before, in seconds. Default: 4.")
    private @Nullable Integer warmUp;

    @Option(names = "--clients", split = ",", defaultValue = "1,32", description = "Default: ${DEFAULT-VALUE}.")
    private List<Integer> clients = List.of();

    @Option(names = "--cases", description = "Only cases whose names match this regular expression, such as PAGE.*")
    private @Nullable Pattern cases;

    @Option(names = "--no-peer", description = "Without the peer.")
    private boolean noPeer;

    @Option(names = "--no-sqlite", description = "Without SQLite.")
    private boolean noSqlite;

    @Option(names = "--results", required = true, description = "The folder for table, figures and picture.")
    private Path resultsFolder = Path.of("");

    @Option(names = "--work", required = true, description = "A folder for databases; some GiB for a million.")
    private Path work = Path.of("");

    @Option(names = "--distribution", required = true, description = "The unpacked distribution.")
    private Path distributionFolder = Path.of("");

    @Option(names = "--baseline", required = true, description = "The JAR of the baseline plugin.")
    private Path baselinePlugin = Path.of("");

    @Option(names = "--peer", required = true, description = "The folder with the peer's sources.")
    private Path peerSources = Path.of("");

    @Option(names = "--startup", required = true, description = "The script that measures starts.")
    private Path startup = Path.of("");

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks())
                .setOverwrittenOptionsAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        if (!Wrk.isInstalled()) {
            System.err.println("benchmarks: wrk is missing; install it (Debian: apt-get install wrk)");
            return 1;
        }
        Files.createDirectories(work);
        Distribution distribution = new Distribution(distributionFolder, baselinePlugin);
        Machine machine = Machine.here();
        System.out.println("machine   " + machine.describe());
        Path peer = installedPeer();
        Results results = new Results();
        List<Figure> figures = new ArrayList<>();
        List<Long> wanted = sizes != null ? sizes : quick ? QUICK_SIZES : SIZES;
        if (cases == null) {
            figures.addAll(Startup.measure(startup, distributionFolder));
        }
        try (PostgresServer postgres = PostgresServer.start(work)) {
            for (long size : wanted) {
                measure(distribution, postgres, new DataSet(size), peer, results, figures);
                new Report(machine, wanted.subList(0, wanted.indexOf(size) + 1), results, figures).write(resultsFolder);
            }
        }
        System.out.println("results   " + resultsFolder.resolve("results.md"));
        return 0;
    }

    private @Nullable Path installedPeer() throws IOException, InterruptedException {
        if (noPeer) {
            return null;
        }
        if (!PeerServer.isPossible()) {
            System.out.println("peer      skipped: there is no npm, or no node");
            return null;
        }
        Path folder = work.resolve("peer");
        PeerServer.install(peerSources, folder);
        return folder;
    }

    private void measure(
            Distribution distribution,
            PostgresServer postgres,
            DataSet data,
            @Nullable Path peer,
            Results results,
            List<Figure> figures)
            throws IOException, InterruptedException, SQLException {
        Wrk wrk = new Wrk(work.resolve("wrk"));
        boolean sqlite = !noSqlite && data.size() <= LARGEST_SQLITE;
        Path peerOrNone = data.size() <= LARGEST_PEER ? peer : null;
        try (Subjects subjects = Subjects.start(distribution, postgres, work, data, sqlite, peerOrNone)) {
            new Rounds(rounds(), clients, warmUp(), time(), this::isWanted, wrk).measure(subjects, data, results);
            if (cases == null) {
                if (subjects.onPostgres().isPresent()) {
                    figures.addAll(further("PostgreSQL", subjects.onPostgres().get(), data, wrk));
                }
                if (subjects.onSqlite().isPresent()) {
                    figures.addAll(further("SQLite", subjects.onSqlite().get(), data, wrk));
                }
            }
        }
    }

    private List<Figure> further(String database, BelfryServer server, DataSet data, Wrk wrk)
            throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        Allocation allocation = new Allocation(work, wrk);
        for (var one : Cases.of(Subject.POSTGRESQL, server, data)) {
            if (ALLOCATING.contains(one.name())) {
                String name = "allocated by a request, %s, %,d: %s"
                        .formatted(database, data.size(), one.name().title());
                figures.add(allocation.perRequest(name, server, one.request(), ALLOCATION_TIME));
            }
        }
        figures.addAll(MarkingAll.measure(database, server));
        return figures;
    }

    private boolean isWanted(CaseName name) {
        return cases == null || cases.matcher(name.name()).matches();
    }

    private int rounds() {
        return rounds != null ? rounds : quick ? 1 : 3;
    }

    private Duration warmUp() {
        return Duration.ofSeconds(warmUp != null ? warmUp : quick ? 1 : 4);
    }

    private Duration time() {
        return Duration.ofSeconds(seconds != null ? seconds : quick ? 1 : 3);
    }
}
