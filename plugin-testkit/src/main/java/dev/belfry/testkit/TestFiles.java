package dev.belfry.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The configuration files of a test's host, in a temporary folder. */
final class TestFiles implements AutoCloseable {

    /** JSON is valid YAML. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestFolder folder;
    private final Map<String, Object> tree;

    private TestFiles(TestFolder folder, Map<String, Object> tree) {
        this.folder = folder;
        this.tree = tree;
    }

    static TestFiles write(
            Dialect dialect, Map<String, Object> config, Map<String, List<String>> users, List<String> policy) {
        try {
            TestFiles files = new TestFiles(TestFolder.create("belfry-test"), defaults(dialect, policy));
            Files.createDirectories(files.dropFolder());
            Files.writeString(files.folder.path().resolve("catalog.yaml"), catalog(users));
            Files.write(files.folder.path().resolve("policy.csv"), policy);
            config.forEach((path, value) -> put(files.tree, path, value));
            files.writeConfig();
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void change(String path, Object value) {
        put(tree, path, value);
        try {
            writeConfig();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeConfig() throws IOException {
        Files.writeString(configFile(), JSON.writeValueAsString(tree));
    }

    private static Map<String, Object> defaults(Dialect dialect, List<String> policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "backend.listen.host", "127.0.0.1");
        put(tree, "backend.listen.port", 0);
        put(tree, "belfry.dataDirectory", "data");
        put(tree, "belfry.accessLog", false);
        put(tree, "auth.developmentTokens", true);
        put(tree, "dynamicPlugins.rootDirectory", "dynamic-plugins");
        put(tree, "permission.enabled", !policy.isEmpty());
        put(tree, "permission.rbac.policies-csv-file", "policy.csv");
        put(tree, "catalog.rules", List.of(Map.of("allow", List.of("User", "Group"))));
        put(tree, "catalog.locations", List.of(Map.of("type", "file", "target", "catalog.yaml")));
        switch (dialect) {
            case SQLITE -> {
                put(tree, "backend.database.client", "better-sqlite3");
                put(tree, "backend.database.connection.directory", "data");
            }
            case POSTGRESQL -> {
                Postgres postgres = TestPostgres.shared().newDatabase();
                put(tree, "backend.database.client", "pg");
                put(tree, "backend.database.prefix", postgres.prefix());
                put(tree, "backend.database.connection", TestPostgres.shared().connection());
            }
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // inner nodes are maps: only this method adds them
    private static void put(Map<String, Object> tree, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, value);
        } else {
            Map<String, Object> inner =
                    (Map<String, Object>) tree.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>());
            put(inner, path.substring(dot + 1), value);
        }
    }

    private static String catalog(Map<String, List<String>> users) throws IOException {
        List<String> documents = new ArrayList<>();
        TreeSet<EntityRef> groups = new TreeSet<>();
        for (Map.Entry<String, List<String>> user : users.entrySet()) {
            List<EntityRef> memberOf = user.getValue().stream()
                    .map(group -> EntityRef.parse(group, EntityRef.GROUP))
                    .toList();
            groups.addAll(memberOf);
            documents.add(entity(
                    "User",
                    EntityRef.parse(user.getKey(), EntityRef.USER),
                    Map.of(
                            "memberOf",
                            memberOf.stream().map(EntityRef::toString).toList())));
        }
        for (EntityRef group : groups) {
            documents.add(entity("Group", group, Map.of("type", "team", "children", List.of())));
        }
        return String.join("\n---\n", documents);
    }

    private static String entity(String kind, EntityRef ref, Map<String, Object> spec) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "apiVersion",
                "backstage.io/v1alpha1",
                "kind",
                kind,
                "metadata",
                Map.of("namespace", ref.namespace(), "name", ref.name()),
                "spec",
                spec));
    }

    Path configFile() {
        return folder.path().resolve("app-config.yaml");
    }

    Path dataDirectory() {
        return folder.path().resolve("data");
    }

    private Path dropFolder() {
        return folder.path().resolve("dynamic-plugins");
    }

    /** Puts a JAR into the plugin folder. */
    void drop(Path jar) {
        try {
            Files.copy(jar, dropFolder().resolve(jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException("the JAR " + jar + " cannot be copied to the plugin folder", e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
