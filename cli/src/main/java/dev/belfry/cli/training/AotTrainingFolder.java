package dev.belfry.cli.training;

import dev.belfry.host.config.Config;
import dev.belfry.host.files.TempFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A temporary folder with the configuration and plugins of a training run. Nothing of the operator's is read, and
 * nothing is written elsewhere.
 */
public final class AotTrainingFolder implements AutoCloseable {

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
            p, role:default/operator, host.plugins.read, read, allow
            p, role:default/operator, host.metrics.read, read, allow
            g, group:default/team, role:default/operator
            """;

    private final TempFolder folder;
    private final List<TrainingWorkload> workloads = new ArrayList<>();

    private AotTrainingFolder(TempFolder folder) {
        this.folder = folder;
    }

    /**
     * @param plugins folder of JARs; those without a workload are left out, because the effects of starting them are
     *     unknown
     */
    public static AotTrainingFolder with(Path plugins) throws IOException, TrainingFailed {
        AotTrainingFolder training = new AotTrainingFolder(TempFolder.create("belfry-training"));
        try {
            training.fill(plugins);
            return training;
        } catch (IOException | TrainingFailed | RuntimeException e) {
            training.close();
            throw e;
        }
    }

    private void fill(Path plugins) throws IOException, TrainingFailed {
        Path copies = Files.createDirectory(folder.path().resolve("plugins"));
        if (Files.isDirectory(plugins)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(plugins, "*.jar")) {
                for (Path jar : jars) {
                    Optional<TrainingWorkload> workload = TrainingWorkload.in(jar);
                    if (workload.isPresent()) {
                        workloads.add(workload.get());
                        Files.copy(jar, copies.resolve(jar.getFileName()));
                    }
                }
            }
        }
        Files.writeString(folder.path().resolve("app-config.yaml"), CONFIG);
        Files.writeString(folder.path().resolve("catalog.yaml"), CATALOG);
        Files.writeString(folder.path().resolve("policy.csv"), POLICY + grants());
    }

    private String grants() {
        return workloads.stream()
                .flatMap(workload -> workload.permissions().stream())
                .map(grant ->
                        "p, role:default/authenticated, " + grant.permission() + ", " + grant.action() + ", allow\n")
                .distinct()
                .collect(Collectors.joining());
    }

    List<TrainingWorkload> workloads() {
        return workloads;
    }

    public Config config() {
        return Config.load(List.of(folder.path().resolve("app-config.yaml")));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
