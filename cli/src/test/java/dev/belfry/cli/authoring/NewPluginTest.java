package dev.belfry.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated files of a new plugin; the distribution's check builds and loads it. */
class NewPluginTest {

    private static final String MANIFEST = "src/main/resources/META-INF/MANIFEST.MF";

    @TempDir
    private Path folder;

    /** The repository of a distribution. */
    @BeforeEach
    void writeRepository() throws IOException {
        for (String artifact : List.of(
                "belfry-parent", "belfry-bom", "plugin-api", "plugin-testkit", "host", "notifications-plugin")) {
            Path version = Files.createDirectories(folder.resolve("belfry/maven/dev/belfry/" + artifact + "/0.1.0"));
            for (String end : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar")) {
                Files.writeString(version.resolve(artifact + "-0.1.0" + end), artifact);
            }
        }
    }

    private NewPlugin twoBells(boolean withNotifications) {
        return twoBells(withNotifications, BuildTool.MAVEN);
    }

    private NewPlugin twoBells(boolean withNotifications, BuildTool buildTool) {
        return new NewPlugin(
                "two-bells",
                "org.example.bells",
                "org.example",
                withNotifications,
                buildTool,
                folder.resolve("belfry"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProjectIsGeneratedWithoutPlaceholders(boolean withNotifications) throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(withNotifications).writeTo(project);

        assertThat(project.resolve("src/main/java/org/example/bells/TwoBellsPlugin.java"))
                .content()
                .contains("package org.example.bells;", "class TwoBellsPlugin implements Plugin");
        assertThat(project.resolve("src/main/resources/META-INF/services/dev.belfry.api.Plugin"))
                .hasContent("org.example.bells.TwoBellsPlugin");
        assertThat(project.resolve("src/main/resources/META-INF/MANIFEST.MF"))
                .content()
                .contains("Plugin-Id: two-bells", "Plugin-Version: ${project.version}");
        assertThat(Files.getPosixFilePermissions(project.resolve("mvnw")))
                .contains(
                        PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_EXECUTE);
        for (Path file : PluginProject.filesIn(project)) {
            if (!file.endsWith("mvnw")) {
                assertThat(file).content().doesNotContainPattern("@[a-z-]+@");
            }
        }
    }

    @Test
    void aProjectThatSendsNotificationsDependsOnTheirPlugin() throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(true).writeTo(project);

        assertThat(project.resolve("src/main/resources/META-INF/MANIFEST.MF"))
                .content()
                .contains("Plugin-Dependencies: notifications\n");
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>notifications-plugin</artifactId>");
        assertThat(project.resolve("src/main/java/org/example/bells/TwoBellsPlugin.java"))
                .content()
                .contains("context.require(Notifier.class)");
    }

    @Test
    void aProjectDependsOnNoOtherPluginByDefault() throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(false).writeTo(project);

        assertThat(project.resolve("src/main/resources/META-INF/MANIFEST.MF"))
                .content()
                .doesNotContain("Plugin-Dependencies");
        assertThat(project.resolve("pom.xml")).content().doesNotContain("notifications");
    }

    @Test
    void aProjectContainsTheArtifactsThatItsBuildNeedsAndNoPathOfItsAuthor() throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(false).writeTo(project);

        Path artifacts = project.resolve("belfry-repository/dev/belfry");
        assertThat(artifacts.resolve("host/0.1.0"))
                .isDirectoryContaining("glob:**host-0.1.0.jar")
                .isDirectoryContaining("glob:**host-0.1.0.pom")
                .isDirectoryContaining("glob:**host-0.1.0-sources.jar")
                .isDirectoryNotContaining("glob:**javadoc.jar");
        assertThat(artifacts).isDirectoryNotContaining("glob:**notifications-plugin");
        for (Path file : PluginProject.filesIn(project)) {
            assertThat(file).content().doesNotContain(folder.toString());
        }
    }

    @Test
    void aProjectThatSendsNotificationsContainsTheirArtifact() throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(true).writeTo(project);

        assertThat(project.resolve(
                        "belfry-repository/dev/belfry/notifications-plugin/0.1.0/notifications-plugin-0.1.0.jar"))
                .exists();
    }

    @Test
    void nothingIsWrittenIfTheDistributionIsNotComplete() {
        Path project = folder.resolve("two-bells");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin("bell", "org.example", "org.example", false, BuildTool.MAVEN, folder)
                        .writeTo(project))
                .withMessage("there is no dev.belfry:belfry-parent in " + folder.resolve("maven")
                        + "; use the launcher of a complete distribution");
        assertThat(project).doesNotExist();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "work of years");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> twoBells(false).writeTo(folder))
                .withMessageContaining("is there and not empty; nothing is overwritten");
        assertThat(folder.resolve("pom.xml")).doesNotExist();
        assertThat(folder.resolve("belfry-repository")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bell", "1bell", "two_bells", "../bell", "bell bell"})
    void anInvalidPluginIdIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin(name, "org.example", "org.example", false, BuildTool.MAVEN, folder))
                .withMessageContaining("the name '" + name + "' must have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host", "catalog", "auth", "backend", "permission", "belfry", "app", "api", "metrics", "plugins"
            })
    void aNameOfTheHostIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin(name, "org.example", "org.example", false, BuildTool.MAVEN, folder))
                .withMessage("the name '" + name + "' is reserved for the host; choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org..example", "org.Example", "org/example"})
    void anInvalidPackageIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin("bell", name, "org.example", false, BuildTool.MAVEN, folder))
                .withMessage("the package '" + name + "' must have parts such as org.example.bell: each of the"
                        + " lower-case letters a-z, 0-9 and '_', and not beginning with a digit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "org.example.int", "org.true.example", "_.example", "org.example.null"})
    void aPackageWithAKeywordIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin("bell", name, "org.example", false, BuildTool.MAVEN, folder))
                .withMessageStartingWith("the package '" + name + "' cannot have the part '")
                .withMessageEndingWith("', a keyword of Java; choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "java.bells"})
    void aPackageOfJavaIsRejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewPlugin("bell", name, "org.example", false, BuildTool.MAVEN, folder))
                .withMessage("the package '" + name + "' is reserved for Java; choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "new", "switch", "default", "true", "null", "two-bells", "record"})
    void eachIdHasAPackageThatCompiles(String id) {
        String packageName = NewPlugin.packageFor(id);

        assertThat(SourceVersion.isName(packageName)).as(packageName).isTrue();
        assertThatCode(() -> new NewPlugin(id, packageName, packageName, false, BuildTool.MAVEN, folder))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGradleProjectIsGeneratedWithoutPlaceholders(boolean withNotifications) throws IOException {
        Path project = folder.resolve("two-bells");
        twoBells(withNotifications, BuildTool.GRADLE).writeTo(project);

        for (Path file : PluginProject.filesIn(project)) {
            assertThat(file).content().doesNotContainPattern("@[a-z-]+@").doesNotContain(folder.toString());
        }
        assertThat(project.resolve("settings.gradle")).content().contains("rootProject.name = 'two-bells'");
        assertThat(project.resolve("belfry-repository/dev/belfry/plugin-testkit/0.1.0/plugin-testkit-0.1.0.jar"))
                .exists();
        assertThat(List.of("pom.xml", "mvnw", ".mvn", "src/main/resources/META-INF/MANIFEST.MF"))
                .noneMatch(file -> Files.exists(project.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGradleProjectHasTheSourcesOfTheMavenProject(boolean withNotifications) throws IOException {
        Path withMaven = folder.resolve("maven");
        Path withGradle = folder.resolve("gradle");
        twoBells(withNotifications, BuildTool.MAVEN).writeTo(withMaven);
        twoBells(withNotifications, BuildTool.GRADLE).writeTo(withGradle);

        for (Path file : PluginProject.filesIn(withMaven.resolve("src"))) {
            if (!file.endsWith("META-INF/MANIFEST.MF")) {
                assertThat(withGradle.resolve(withMaven.relativize(file).toString()))
                        .hasSameTextualContentAs(file);
            }
        }
    }

    /** The build file cannot be run here; .ci/gradle evaluates it. */
    @Test
    void theBuildsOfGradleAndMavenSayTheSame() throws IOException {
        Path withMaven = folder.resolve("maven");
        Path withGradle = folder.resolve("gradle");
        twoBells(true, BuildTool.MAVEN).writeTo(withMaven);
        twoBells(true, BuildTool.GRADLE).writeTo(withGradle);
        String pom = Files.readString(withMaven.resolve("pom.xml"));
        String build = Files.readString(withGradle.resolve("build.gradle"));

        for (String line : Files.readAllLines(withMaven.resolve("src/main/resources/META-INF/MANIFEST.MF"))) {
            if (line.startsWith("Plugin-") && !line.startsWith("Plugin-Version")) {
                assertThat(build).contains("'" + line.replaceFirst(": ", "': '") + "'");
            }
        }
        for (String excluded : between(pom, "<exclude>", "</exclude>")) {
            if (excluded.contains(":") && !excluded.startsWith("*")) {
                String[] parts = excluded.split(":");
                assertThat(build)
                        .contains("exclude group: '" + parts[0] + "'"
                                + (parts[1].equals("*") ? "\n" : ", module: '" + parts[1] + "'\n"));
            }
        }
        assertThat(build)
                .contains("JavaLanguageVersion.of("
                        + between(pom, "<maven.compiler.release>", "<").getFirst() + ")")
                .contains("group = '" + between(pom, "<groupId>", "<").getFirst() + "'")
                .contains("belfryVersion = '"
                        + between(pom, "<belfry.version>", "<").getFirst() + "'");
        for (String option : between(pom, "<argLine>", "<").getFirst().split(" ")) {
            assertThat(build).contains("'" + option + "'");
        }
    }

    private static List<String> between(String text, String begin, String end) {
        return Arrays.stream(text.split(Pattern.quote(begin)))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf(end)))
                .toList();
    }

    @Test
    void theIdsOfShippedPluginsAreTaken() throws IOException {
        List<Path> manifests = new ArrayList<>(List.of(Path.of("../notifications-plugin/" + MANIFEST)));
        try (Stream<Path> plugins = Files.list(Path.of("../plugins"))) {
            plugins.map(plugin -> plugin.resolve(MANIFEST))
                    .filter(Files::exists)
                    .forEach(manifests::add);
        }
        assertThat(manifests).hasSizeGreaterThan(5);
        for (Path manifest : manifests) {
            String id;
            try (InputStream in = Files.newInputStream(manifest)) {
                id = new Manifest(in).getMainAttributes().getValue("Plugin-Id");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new NewPlugin(id, "org.example", "org.example", false, BuildTool.MAVEN, folder))
                    .withMessage("the name '" + id + "' is the id of a plugin that Belfry has; choose another");
        }
    }
}
