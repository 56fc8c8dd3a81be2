package dev.belfry.notifications.durability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server of one test, which can be stopped abruptly and started again. */
final class DatabaseServer implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path control;

    private DatabaseServer(EmbeddedPostgres server, Path data, Path control) {
        this.server = server;
        this.data = data;
        this.control = control;
    }

    /** @param folder data folder */
    static DatabaseServer start(Path folder) throws IOException {
        Path data = folder.resolve("postgresql");
        // By default the library trades durability for speed.
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        // Only the running server knows the folder of its unpacked binaries.
        long id = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        Path binary =
                Path.of(ProcessHandle.of(id).orElseThrow().info().command().orElseThrow());
        return new DatabaseServer(server, data, binary.resolveSibling("pg_ctl"));
    }

    int port() {
        return server.getPort();
    }

    /** The section {@code backend.database} of a host, in one line. */
    String connection() {
        return """
                { client: pg, connection: { host: 127.0.0.1, port: %d, user: postgres },
                  knexConfig: { pool: { acquireTimeoutMillis: 2000 } } }""".formatted(server.getPort()).replace("\n", " ");
    }

    /** Stops without waiting for sessions and without a checkpoint. */
    void stopImmediately() throws Exception {
        control("stop", "-m", "immediate");
    }

    void startAgain() throws Exception {
        control("start", "-l", data.resolve("again.log").toString(), "-o", "-p " + server.getPort());
    }

    private void control(String... command) throws Exception {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root.
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of(control.toString(), "-D", data.toString(), "-w"));
        all.addAll(List.of(command));
        int status = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(all + " ended with " + status);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
