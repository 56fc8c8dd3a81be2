package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {

    @TempDir
    private Path folder;

    private URL jar(String name, String classPath, String file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(file));
            out.closeEntry();
        }
        return jar.toUri().toURL();
    }

    @Test
    void theFilesOfTheClassPathInTheManifestAreNotOwn() throws IOException {
        jar("bells.jar", "", "db/V1__bells.sql");
        URL application = jar("my application.jar", "bells.jar", "openapi.yaml");

        try (OwnFiles files = new OwnFiles(application)) {
            assertThat(files.getResource("openapi.yaml")).isNotNull();
            assertThat(Collections.list(files.getResources("openapi.yaml"))).hasSize(1);
            assertThat(files.getResource("db/V1__bells.sql")).isNull();
            assertThat(Collections.list(files.getResources("db/V1__bells.sql"))).isEmpty();
            assertThat(files.getResource("java/lang/Object.class")).isNull();
        }
    }

    @Test
    void aFolderHasFiles() throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), "");

        try (OwnFiles files = new OwnFiles(folder.toUri().toURL())) {
            assertThat(files.getResource("openapi.yaml")).isNotNull();
        }
    }

    /** As for classes of a start-up cache, whose origin the JVM does not know when the JARs have been moved. */
    @Test
    void theLocationOfAClassIsFoundByItsLoader() throws IOException {
        for (Class<?> type : List.of(OwnFiles.class, Test.class)) {
            URL known = type.getProtectionDomain().getCodeSource().getLocation();

            assertThat(OwnFiles.locationOf(type)).contains(known);
            assertThat(OwnFiles.locationOf(type, type.getName().replace('.', '/') + ".class"))
                    .contains(known);
        }
    }

    @Test
    void aClassOfTheJdkHasNoLocation() {
        assertThat(OwnFiles.locationOf(String.class)).isEmpty();
    }
}
