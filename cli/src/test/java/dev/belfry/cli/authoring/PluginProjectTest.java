package dev.belfry.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginProjectTest {

    private static final String GRADLEW = """
            #!/bin/sh
            echo "$@" > arguments
            for argument in "$@"; do
                case $argument in -Dbelfry.class-path=*) printf %s lib/a.jar > "${argument#*=}" ;; esac
            done
            """;

    @TempDir
    private Path folder;

    private PluginProject project(String build) throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project><build>" + build + "</build></project>");
        return new PluginProject(folder);
    }

    @Test
    void javaSourcesAreCompiledWithoutMaven() throws IOException {
        assertThat(project("<!-- <relocations><relocation>\n</relocation></relocations> -->")
                        .needsBuildTool())
                .isEmpty();
    }

    @Test
    void kotlinSourcesNeedMaven() throws IOException {
        Files.createDirectories(folder.resolve("src/main/kotlin/bells"));
        Files.writeString(folder.resolve("src/main/kotlin/bells/Bell.kt"), "class Bell");

        assertThat(project("").needsBuildTool()).contains("there are Kotlin sources");
    }

    @Test
    void movedPackagesNeedMaven() throws IOException {
        assertThat(project("<relocation><pattern>a</pattern></relocation>").needsBuildTool())
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

    private PluginProject gradleProject(String build) throws IOException {
        Files.writeString(folder.resolve("build.gradle"), build);
        return new PluginProject(folder);
    }

    private void writeWrapper(String script) throws IOException {
        Path wrapper = Files.writeString(folder.resolve("gradlew"), script);
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aGradleProjectIsBuiltByItsWrapper() throws Exception {
        PluginProject project = gradleProject("");
        writeWrapper(GRADLEW);

        project.build();

        assertThat(project.classPath()).isEqualTo("lib/a.jar");
        assertThat(folder.resolve("arguments")).content().contains("assemble belfryClassPath");
        assertThat(folder.resolve(".belfry/class-path.gradle")).content().contains("belfryClassPath");
        Path jars = Files.createDirectories(folder.resolve("build/libs"));
        Path jar = PluginJar.of(ProbePlugin.class, "bells", "1.0.0").writeTo(jars.resolve("bells-1.0.0.jar"));
        assertThat(project.jar()).isEqualTo(jar);
    }

    @Test
    void theOutputOfAFailedGradleBuildIsReported() throws Exception {
        PluginProject project = gradleProject("");
        writeWrapper("#!/bin/sh\necho 'no JDK 25 found'\nexit 1\n");

        assertThatExceptionOfType(BuildFailed.class).isThrownBy(project::build).withMessage("no JDK 25 found\n");
    }

    @Test
    void aMissingGradleIsReportedWithARemedy() throws Exception {
        PluginProject project = gradleProject("");
        writeWrapper("#!/no/such/shell\n");

        assertThatExceptionOfType(BuildFailed.class)
                .isThrownBy(project::build)
                .withMessageStartingWith("Gradle cannot be started: ")
                .withMessageEndingWith("Put gradle on the PATH, or gradlew into " + folder);
    }

    @Test
    void movedPackagesNeedGradle() throws IOException {
        assertThat(gradleProject("// relocate 'a', 'b'\n/* relocate\n'a' */").needsBuildTool())
                .isEmpty();
        assertThat(gradleProject("shadowJar {\n    relocate 'a', 'b'\n}").needsBuildTool())
                .contains("build.gradle has relocations");
    }

    @Test
    void aPomComesBeforeABuildGradle() throws IOException {
        gradleProject("");

        assertThat(project("").buildFiles()).containsExactly(folder.resolve("pom.xml"));
    }
}
