package dev.belfry.installations;

import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.trust.PluginTrust;
import dev.belfry.notifications.NotificationsPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The JAR of the notifications plugin, built from its classes once. */
final class PluginJar {

    static final String NAME = "notifications-plugin-0.1.0.jar";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private PluginJar() {}

    static Path file() {
        return Built.FILE;
    }

    static String integrity() {
        try {
            return PluginTrust.integrityOf(file());
        } catch (Refusal unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static final class Built {
        static final Path FILE = build();

        private static Path build() {
            try {
                Path classes = Path.of(NotificationsPlugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                if (Files.isRegularFile(classes)) {
                    return classes;
                }
                Path jar = Files.createTempDirectory("belfry-plugin").resolve(NAME);
                pack(classes, jar);
                return jar;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void pack(Path classes, Path jar) throws IOException {
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    Stream<Path> files = Files.walk(classes)) {
                // The manifest comes first, where readers of JARs expect it.
                add(out, classes, MANIFEST);
                List<String> others = files.filter(Files::isRegularFile)
                        .map(file -> classes.relativize(file).toString())
                        .filter(name -> !name.equals(MANIFEST))
                        .sorted()
                        .toList();
                for (String name : others) {
                    add(out, classes, name);
                }
            }
        }

        private static void add(JarOutputStream out, Path classes, String name) throws IOException {
            out.putNextEntry(new ZipEntry(name));
            Files.copy(classes.resolve(name), out);
            out.closeEntry();
        }
    }
}
