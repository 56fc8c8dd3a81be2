package dev.belfry.host.database;

import dev.belfry.api.database.Dialect;
import dev.belfry.host.files.OwnFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plugin's own files, for Flyway: neither scripts of other plugins nor classes are visible. A URLClassLoader,
 * since Flyway asks other kinds of loaders only for folder entries, which JARs often lack.
 */
final class PluginResources extends OwnFiles {

    private static final Pattern MIGRATION = Pattern.compile(".*/V[^/]*__[^/]*\\.sql");

    private static final Pattern FOLDER = Pattern.compile("(.+)/(?:"
            + Stream.of(Dialect.values()).map(Dialect::folder).collect(Collectors.joining("|", "common|", ""))
            + ")/V[^/]*__[^/]*\\.sql");

    private final URL root;

    PluginResources(URL root) {
        super("migrations", root, PluginResources.class.getClassLoader());
        this.root = root;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        throw new ClassNotFoundException(name);
    }

    /** Searches for files in the folder: a JAR may lack an entry for the folder itself. */
    boolean hasFolder(String folder) {
        return names().stream().anyMatch(name -> name.startsWith(folder + "/"));
    }

    /** @param script name of a migration, without the folder of its dialect */
    boolean hasScript(String script) {
        return names().stream().anyMatch(name -> name.endsWith("/" + script));
    }

    boolean hasMigrations() {
        return names().stream().anyMatch(MIGRATION.asMatchPredicate());
    }

    /** The folder of the migrations, as the plugin names it; empty if the plugin has none, or several. */
    Optional<String> migrationFolder() {
        Set<String> folders = names().stream()
                .map(FOLDER::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        return folders.size() == 1 ? folders.stream().findFirst() : Optional.empty();
    }

    /** Those of the folders for all databases and for one that exist. */
    List<String> foldersOf(String folder, Dialect dialect) {
        return Stream.of(folder + "/common", folder + "/" + dialect.folder())
                .filter(this::hasFolder)
                .toList();
    }

    /** The tables that migrations create, also tables that later ones drop. */
    Set<String> createdTables(Dialect dialect) {
        return migrationFolder().stream()
                .flatMap(folder -> foldersOf(folder, dialect).stream())
                .flatMap(folder -> names().stream().filter(name -> name.startsWith(folder + "/")))
                .filter(MIGRATION.asMatchPredicate())
                .flatMap(file -> ScriptTables.of(List.of(text(file).orElse(""))).stream())
                .collect(Collectors.toSet());
    }

    /** Empty if there is no such file. */
    Optional<String> text(String file) {
        try (InputStream content = getResourceAsStream(file)) {
            return content == null
                    ? Optional.empty()
                    : Optional.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> names() {
        try {
            Path path = Path.of(root.toURI());
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    return files.filter(Files::isRegularFile)
                            .map(file -> path.relativize(file).toString().replace(File.separatorChar, '/'))
                            .collect(Collectors.toSet());
                }
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                return jar.stream().map(JarEntry::getName).collect(Collectors.toSet());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + root + "' is not a location of files", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
