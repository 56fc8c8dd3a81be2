package dev.belfry.host.training;

import dev.belfry.host.config.Config;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder with the configuration and plugins of a training run. Nothing of the operator's is read, and
 * nothing is written elsewhere.
 */
public final class AotTrainingFolder implements AutoCloseable {

    /** Only plugins of this repository: the effects of starting others are unknown. */
    private static final String PLUGINS = "{notifications-plugin,hello}-*.jar";

    private static final String CONFIG = """
            backend: { listen: { host: 127.0.0.1, port: 0 }, database: { client: better-sqlite3, connection: { directory: data } } }
            belfry: { dataDirectory: data }
            auth: { providers: { guest: {} } }
            permission: { enabled: true, rbac: { policies-csv-file: policy.csv } }
            catalog: { rules: [ { allow: [ User, Group ] } ], locations: [ { type: file, target: catalog.yaml } ] }
            dynamicPlugins: { rootDirectory: plugins, trust: any }
            """;

    private static final String CATALOG = """
            kind: User
            metadata: { name: guest }
            ---
            kind: User
            metadata: { name: trainee }
            spec: { memberOf: [ team ] }
            ---
            kind: Group
            metadata: { name: team }
            spec: { type: team, children: [] }
            """;

    private static final String POLICY = """
            p, role:default/authenticated, notifications.create, create, allow
            p, role:default/authenticated, notifications.list, read, allow
            p, role:default/authenticated, notifications.update.read, update, allow
            p, role:default/operator, host.plugins.read, read, allow
            p, role:default/operator, host.metrics.read, read, allow
            g, group:default/team, role:default/operator
            """;

    private final Path folder;

    private AotTrainingFolder(Path folder) {
        this.folder = folder;
    }

    /** @param plugins folder that may contain the JARs of this repository's plugins */
    public static AotTrainingFolder with(Path plugins) throws IOException {
        AotTrainingFolder training = new AotTrainingFolder(Files.createTempDirectory("belfry-training"));
        Files.writeString(training.folder.resolve("app-config.yaml"), CONFIG);
        Files.writeString(training.folder.resolve("catalog.yaml"), CATALOG);
        Files.writeString(training.folder.resolve("policy.csv"), POLICY);
        Path copies = Files.createDirectory(training.folder.resolve("plugins"));
        if (Files.isDirectory(plugins)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(plugins, PLUGINS)) {
                for (Path jar : jars) {
                    Files.copy(jar, copies.resolve(jar.getFileName()));
                }
            }
        }
        return training;
    }

    public Config config() {
        return Config.load(List.of(folder.resolve("app-config.yaml")));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
