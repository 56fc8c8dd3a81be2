package dev.belfry.benchmarks.server;

import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.data.PeerTarget;
import dev.belfry.benchmarks.data.PostgresTarget;
import dev.belfry.benchmarks.data.SqliteTarget;
import dev.belfry.benchmarks.server.BelfryServer.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everybody who is measured at one size, loaded with the same data and serving. */
public final class Subjects implements AutoCloseable {

    private static final String PEER_DATABASE = "peer_%d";
    private static final String PREFIX = "bench_%d_";
    private static final String NOTIFICATIONS = PREFIX + "notifications";
    private static final String BASELINE = PREFIX + "baseline";

    private final PostgresServer postgres;
    private final DataSet data;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private @Nullable BelfryServer onPostgres;
    private @Nullable BelfryServer onSqlite;
    private @Nullable PeerServer peer;
    private @Nullable Path loopFile;

    private Subjects(PostgresServer postgres, DataSet data) {
        this.postgres = postgres;
        this.data = data;
    }

    /**
     * @param sqlite whether SQLite is measured, too
     * @param peer where the peer is installed; null without one
     */
    public static Subjects start(
            Distribution distribution,
            PostgresServer postgres,
            Path folder,
            DataSet data,
            boolean sqlite,
            @Nullable Path peer)
            throws IOException, InterruptedException, SQLException {
        Subjects subjects = new Subjects(postgres, data);
        try {
            subjects.startOnPostgres(distribution, folder.resolve("postgresql-" + data.size()));
            if (sqlite) {
                subjects.startOnSqlite(distribution, folder.resolve("sqlite-" + data.size()));
            }
            if (peer != null) {
                subjects.startPeer(peer);
            }
            return subjects;
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            subjects.close();
            throw e;
        }
    }

    private void startOnPostgres(Distribution distribution, Path folder)
            throws IOException, InterruptedException, SQLException {
        postgres.drop(NOTIFICATIONS.formatted(data.size()));
        postgres.drop(BASELINE.formatted(data.size()));
        Files.createDirectories(folder);
        String database = BelfryServer.postgres(postgres.port(), PREFIX.formatted(data.size()));
        // The host makes the tables.
        BelfryServer.start(distribution, folder, database, data).close();
        told(
                "PostgreSQL",
                () -> new PostgresTarget(postgres.databaseOfBelfry(NOTIFICATIONS.formatted(data.size()))).load(data));
        onPostgres = run(BelfryServer.start(distribution, folder, database, data));
    }

    private void startOnSqlite(Distribution distribution, Path folder)
            throws IOException, InterruptedException, SQLException {
        deleteIfThere(folder);
        Files.createDirectories(folder);
        BelfryServer.start(distribution, folder, BelfryServer.sqlite(), data).close();
        Path file = folder.resolve("data/notifications.sqlite");
        told("SQLite", () -> new SqliteTarget(file).load(data));
        loopFile = Files.copy(file, folder.resolve("loop.sqlite"), StandardCopyOption.REPLACE_EXISTING);
        onSqlite = run(BelfryServer.start(distribution, folder, BelfryServer.sqlite(), data));
    }

    /** What an earlier run has left. */
    private static void deleteIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private void startPeer(Path installed) throws IOException, InterruptedException, SQLException {
        String database = PEER_DATABASE.formatted(data.size());
        postgres.drop(database);
        postgres.create(database);
        peer = run(PeerServer.start(installed, postgres.port(), database));
        told("peer", () -> new PeerTarget(postgres.database(database)).load(data));
    }

    private <T extends AutoCloseable> T run(T server) {
        running.push(server);
        return server;
    }

    @FunctionalInterface
    private interface Loading {
        void run() throws SQLException;
    }

    private void told(String who, Loading loading) throws SQLException {
        long begin = System.nanoTime();
        loading.run();
        System.out.printf(
                "loaded    %,d into %s in %d s%n",
                data.size(), who, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    public Optional<BelfryServer> onPostgres() {
        return Optional.ofNullable(onPostgres);
    }

    public Optional<BelfryServer> onSqlite() {
        return Optional.ofNullable(onSqlite);
    }

    public Optional<PeerServer> peer() {
        return Optional.ofNullable(peer);
    }

    /** A copy of the file of SQLite that nobody has open. */
    public Optional<Path> loopFile() {
        return Optional.ofNullable(loopFile);
    }

    /** The peer goes on with requests whose clients have gone. */
    public void quietenPeer() throws SQLException, InterruptedException {
        if (peer != null) {
            postgres.quieten(PEER_DATABASE.formatted(data.size()));
            peer.awaitIdle();
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("did not stop cleanly: " + e);
            }
        }
    }
}
