package dev.belfry.cli.authoring;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A plugin's project. */
final class PluginProject {

    private final Path folder;
    private final BuildTool tool;

    PluginProject(Path folder) {
        this.folder = folder;
        this.tool = BuildTool.of(folder);
    }

    /** The folder for files of {@code belfry dev}. */
    Path work() {
        return folder.resolve(".belfry");
    }

    /**
     * Builds the project, without its tests.
     *
     * @throws BuildFailed with the output of the build tool
     */
    void build() throws IOException, InterruptedException, BuildFailed {
        Files.createDirectories(work());
        Path wrapper = folder.resolve(tool.wrapper());
        List<String> command = new ArrayList<>();
        command.add(Files.isExecutable(wrapper) ? wrapper.toString() : tool.command());
        command.addAll(tool.arguments(work()));
        Path said = Files.createTempFile("belfry", ".log");
        try {
            ProcessBuilder process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            process.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            if (start(process).waitFor() != 0) {
                throw new BuildFailed(Files.readString(said));
            }
        } finally {
            Files.delete(said);
        }
    }

    private Process start(ProcessBuilder process) throws BuildFailed {
        try {
            return process.start();
        } catch (IOException e) {
            String program = process.command().getFirst();
            // Java says twice that there is no such file.
            String reason = program.equals(tool.command())
                            && String.valueOf(e.getMessage()).contains("No such file")
                    ? "there is no program " + program
                    : String.valueOf(e.getMessage()).strip();
            throw new BuildFailed(tool.title() + " cannot be started: " + reason + ". Put " + tool.command()
                    + " on the PATH, or " + tool.wrapper() + " into " + folder);
        }
    }

    /** The compile class path of the last build. */
    String classPath() throws IOException {
        return Files.readString(BuildTool.classPath(work())).strip();
    }

    /** The JARs of plugins that the project compiles against. */
    List<Path> pluginsOnClassPath() throws IOException {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(PluginProject::isPlugin)
                .toList();
    }

    /** The plugin's JAR of the last build. */
    Path jar() throws IOException, BuildFailed {
        Path jars = tool.jarsIn(folder);
        if (!Files.isDirectory(jars)) {
            throw new BuildFailed("there is no folder " + jars + " after the build");
        }
        try (Stream<Path> files = Files.list(jars)) {
            // Builds of older projects keep the JAR without libraries here, as original-*.jar.
            return files.filter(file -> file.toString().endsWith(".jar")
                            && !String.valueOf(file.getFileName()).startsWith("original-")
                            && isPlugin(file))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new BuildFailed("there is no JAR with a Plugin-Id in " + jars));
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

    /** Why only the build tool can build the project; empty when a compilation of its Java sources is enough. */
    Optional<String> needsBuildTool() throws IOException {
        if (!filesIn(kotlinSources()).isEmpty()) {
            return Optional.of("there are Kotlin sources");
        }
        for (Path file : buildFiles()) {
            // The classes in the JAR refer to other names than the sources.
            if (tool.relocates(Files.readString(file))) {
                return Optional.of(file.getFileName() + " has relocations");
            }
        }
        return Optional.empty();
    }

    String buildTool() {
        return tool.title();
    }

    /** Files that configure the build; empty if the folder has no project. */
    List<Path> buildFiles() {
        return tool.filesIn(folder);
    }

    /** The build tool's output for the project's own sources and resources. */
    List<Path> outputs() {
        return tool.outputsIn(folder);
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    /** Sources that only the build tool compiles. */
    Path kotlinSources() {
        return folder.resolve("src/main/kotlin");
    }

    Path resources() {
        return folder.resolve("src/main/resources");
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
