package dev.belfry.cli.authoring;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A plugin's project, built with Maven. */
final class MavenProject {

    private static final String CLASS_PATH = "target/belfry-class-path";

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    private final Path folder;

    MavenProject(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds the project, without its tests.
     *
     * @throws BuildFailed with Maven's output
     */
    void build() throws IOException, InterruptedException, BuildFailed {
        Path wrapper = folder.resolve("mvnw");
        String maven = Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
        Path said = Files.createTempFile("belfry", ".log");
        try {
            ProcessBuilder process = new ProcessBuilder(
                            maven,
                            "--batch-mode",
                            "--quiet",
                            "-Dmaven.test.skip=true",
                            "package",
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                            "-Dmdep.includeScope=compile",
                            "-Dmdep.outputFile=" + folder.resolve(CLASS_PATH))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            process.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            if (process.start().waitFor() != 0) {
                throw new BuildFailed(Files.readString(said));
            }
        } finally {
            Files.delete(said);
        }
    }

    /** The compile class path of the last build. */
    String classPath() throws IOException {
        return Files.readString(folder.resolve(CLASS_PATH)).strip();
    }

    /** The JARs of plugins that the project compiles against. */
    List<Path> pluginsOnClassPath() throws IOException {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(MavenProject::isPlugin)
                .toList();
    }

    /** The plugin's JAR of the last build. */
    Path jar() throws IOException, BuildFailed {
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            // Builds of older projects keep the JAR without libraries here, as original-*.jar.
            return files.filter(file -> file.toString().endsWith(".jar")
                            && !String.valueOf(file.getFileName()).startsWith("original-")
                            && isPlugin(file))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(
                            () -> new BuildFailed("there is no JAR with a Plugin-Id in " + folder.resolve("target")));
        }
    }

    private static boolean isPlugin(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue("Plugin-Id"))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Why only Maven can build the project; empty when a compilation of its Java sources is enough. */
    Optional<String> needsMaven() throws IOException {
        if (!filesIn(kotlinSources()).isEmpty()) {
            return Optional.of("there are Kotlin sources");
        }
        // The classes in the JAR refer to other names than the sources.
        return COMMENT.matcher(Files.readString(pom())).replaceAll("").contains("<relocation>")
                ? Optional.of("pom.xml has relocations")
                : Optional.empty();
    }

    /** Maven's output for the project's own sources and resources. */
    Path output() {
        return folder.resolve("target/classes");
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    /** Sources that only Maven compiles. */
    Path kotlinSources() {
        return folder.resolve("src/main/kotlin");
    }

    Path resources() {
        return folder.resolve("src/main/resources");
    }

    Path pom() {
        return folder.resolve("pom.xml");
    }

    static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
