package dev.belfry.benchmarks.server;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.host.nimbus.JwtIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The distribution as it was built, with the notifications and the baseline as dropped plugins. */
public final class BelfryServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final String CONFIG = """
            backend:
              listen: { host: 127.0.0.1, port: 0 }
              database: %s
            belfry: { dataDirectory: data, accessLog: false, limits: %s }
            auth: { developmentTokens: true }
            notifications: { limits: { createsPerMinute: 0, perSender: 0 } }
            permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }
            catalog: { locations: [ { target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins }
            plugins: { required: [notifications, baseline] }
            """;

    private static final String POLICY = """
            p, role:default/authenticated, notifications.create, create, allow
            p, role:default/authenticated, notifications.list, read, allow
            p, role:default/authenticated, notifications.update.read, update, allow
            p, role:default/authenticated, baseline.read, read, allow
            p, role:default/authenticated, baseline.create, create, allow
            """;

    /** What is measured, and what it is measured with. */
    public record Distribution(Path folder, Path baselinePlugin) {}

    private final Path dataDirectory;
    private final Process process;
    private final String address;

    private BelfryServer(Path dataDirectory, Process process, String address) {
        this.dataDirectory = dataDirectory;
        this.process = process;
        this.address = address;
    }

    /** The section {@code backend.database} for databases whose names begin with {@code prefix}. */
    public static String postgres(int port, String prefix) {
        return "{ client: pg, prefix: %s, connection: { host: 127.0.0.1, port: %d, user: postgres } }"
                .formatted(prefix, port);
    }

    /** The section {@code backend.database} for files in the data directory, {@code data}. */
    public static String sqlite() {
        return "{ client: better-sqlite3 }";
    }

    /** The section {@code belfry.limits} for a number of streams. */
    public static String limits(int streams) {
        return "{ requestsPerCaller: 0, connections: %d, waits: %d, waitsPerCaller: %d, streams: { total: %d, perCaller: %d } }"
                .formatted(streams * 3 / 2 + 100, streams + 50, streams, streams, streams);
    }

    /** Starts one in a folder, in which it finds what an earlier one has left there. */
    public static BelfryServer start(Distribution distribution, Path folder, String database, DataSet data)
            throws IOException, InterruptedException {
        return start(distribution, folder, database, "{ requestsPerCaller: 0 }", data);
    }

    /** As above, with limits. */
    public static BelfryServer start(
            Distribution distribution, Path folder, String database, String limits, DataSet data)
            throws IOException, InterruptedException {
        Path config = configure(distribution, folder, CONFIG.formatted(database, limits), data);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        distribution.folder().resolve("belfry").toString(), "start", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            String address = Processes.await(process, output, "serving ", START_LIMIT);
            return new BelfryServer(folder.resolve("data"), process, address);
        } catch (IOException | InterruptedException e) {
            Processes.stop(process);
            throw e;
        }
    }

    private static Path configure(Distribution distribution, Path folder, String config, DataSet data)
            throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        try (var jars = Files.newDirectoryStream(
                distribution.folder().resolve("dynamic-plugins"), "notifications-plugin-*.jar")) {
            for (Path jar : jars) {
                copy(jar, plugins);
            }
        }
        copy(distribution.baselinePlugin(), plugins);
        Files.writeString(folder.resolve("policy.csv"), POLICY);
        Path catalog = folder.resolve("catalog.yaml");
        if (!Files.exists(catalog)) {
            Files.write(catalog, data.catalog().toList());
        }
        return Files.writeString(folder.resolve("config.yaml"), config);
    }

    private static void copy(Path file, Path folder) throws IOException {
        Path there = folder.resolve(file.getFileName());
        if (!Files.exists(there)) {
            Files.copy(file, there);
        }
    }

    public URI notifications() {
        return URI.create(address + "/api/notifications/notifications");
    }

    public URI baseline() {
        return URI.create(address + "/api/baseline");
    }

    /** Who can be told from {@code user}: a token that lasts as long as the benchmarks. */
    public String token(String user) {
        return JwtIdentity.mint(dataDirectory, Clock.systemUTC())
                .forUser(EntityRef.parse(user, EntityRef.USER), Duration.ofDays(1));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        Processes.stop(process);
    }
}
