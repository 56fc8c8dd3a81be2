package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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
}
