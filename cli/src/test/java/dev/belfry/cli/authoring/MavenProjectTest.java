package dev.belfry.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenProjectTest {

    @TempDir
    private Path folder;

    private MavenProject project(String build) throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project><build>" + build + "</build></project>");
        return new MavenProject(folder);
    }

    @Test
    void javaSourcesAreCompiledWithoutMaven() throws IOException {
        assertThat(project("<!-- <relocations><relocation>\n</relocation></relocations> -->")
                        .needsMaven())
                .isEmpty();
    }

    @Test
    void kotlinSourcesNeedMaven() throws IOException {
        Files.createDirectories(folder.resolve("src/main/kotlin/bells"));
        Files.writeString(folder.resolve("src/main/kotlin/bells/Bell.kt"), "class Bell");

        assertThat(project("").needsMaven()).contains("there are Kotlin sources");
    }

    @Test
    void movedPackagesNeedMaven() throws IOException {
        assertThat(project("<relocation><pattern>a</pattern></relocation>").needsMaven())
                .contains("pom.xml has relocations");
    }

    @Test
    void theJarIsTheOneWithTheLibraries() throws Exception {
        Path target = Files.createDirectories(folder.resolve("target"));
        Path packed = PluginJar.of(ProbePlugin.class, "bells", "1.0.0").writeTo(target.resolve("bells-1.0.0.jar"));
        Path original =
                PluginJar.of(ProbePlugin.class, "bells", "1.0.0").writeTo(target.resolve("original-bells-1.0.0.jar"));
        Files.setLastModifiedTime(packed, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(original, FileTime.fromMillis(2_000));

        assertThat(project("").jar()).isEqualTo(packed);
    }
}
