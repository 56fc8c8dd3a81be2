package dev.belfry.installations;

import dev.belfry.host.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A bundle in a folder of its own, beside a folder {@code belfry} with what a distribution has there: the plugin's JAR.
 *
 * @param belfry the folder that the launcher starts Java in
 */
record Installation(Bundle bundle, Path folder, Path belfry, Map<String, String> environment) {

    static Installation write(Bundle bundle, Path folder) {
        try {
            Path belfry = folder.resolve("belfry");
            Placeholders placeholders = new Placeholders(bundle, folder);
            for (Map.Entry<String, BundleFile> file : bundle.files().entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue(), placeholders);
            }
            addJar(belfry.resolve("dynamic-plugins").resolve(PluginJar.NAME));
            for (String jar : bundle.jars()) {
                addJar(folder.resolve(jar));
            }
            Path caller = Files.createDirectories(folder.resolve(bundle.from()).normalize());
            Map<String, String> environment = new HashMap<>();
            environment.put("BELFRY_CALLER", caller.toString());
            environment.put("APP_CONFIG_backend_listen_port", "0");
            environment.put("APP_CONFIG_belfry_accessLog", "false");
            bundle.environment().forEach((name, value) -> environment.put(name, placeholders.in(value)));
            return new Installation(bundle, folder, belfry, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, BundleFile file, Placeholders placeholders) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        switch (file) {
            case BundleFile.Text text -> Files.write(path, placeholders.in(text).bytes());
            case BundleFile.Made.CERTIFICATE ->
                Files.writeString(path, Certificates.shared().certificate());
            case BundleFile.Made.PRIVATE_KEY ->
                Files.writeString(path, Certificates.shared().privateKey());
            case BundleFile.Made.KEY_SET -> Files.write(path, Keys.keySet().getBytes(StandardCharsets.UTF_8));
            case BundleFile.Made.OLD_DATABASE -> createOldDatabase(path);
            case BundleFile.Made.FOLDER -> Files.createDirectories(path);
        }
    }

    private static void createOldDatabase(Path path) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String table : List.of("messages", "actions", "users", "groups")) {
                statement.execute("create table " + table + " (id int)");
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void addJar(Path path) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.copy(PluginJar.file(), path);
    }

    List<Path> configs() {
        return bundle.configs().stream().map(folder::resolve).toList();
    }

    /** As {@code start} reads it. */
    Config config() {
        return Config.load(configs(), environment, belfry);
    }

    /** A message with the installation's folder as {@code {folder}}. */
    String shown(String message) {
        return message.replace(folder.toString(), Placeholders.FOLDER);
    }
}
