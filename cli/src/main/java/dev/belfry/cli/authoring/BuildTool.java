package dev.belfry.cli.authoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Builds the project of a plugin, and decides where its files are. */
public enum BuildTool {
    MAVEN("Maven", "mvn", "target", Pattern.compile("<!--.*?-->", Pattern.DOTALL), Pattern.compile("<relocation>")) {
        @Override
        List<String> files() {
            return List.of("pom.xml");
        }

        @Override
        List<String> outputs() {
            return List.of("target/classes");
        }

        @Override
        List<String> arguments(Path work) {
            return List.of(
                    "--batch-mode",
                    "--quiet",
                    "-Dmaven.test.skip=true",
                    "package",
                    "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                    "-Dmdep.includeScope=compile",
                    "-Dmdep.outputFile=" + classPath(work));
        }
    },
    GRADLE(
            "Gradle",
            "gradle",
            "build/libs",
            Pattern.compile("//.*|/\\*(?s:.*?)\\*/"),
            Pattern.compile("\\brelocate\\b|enableAutoRelocation")) {
        @Override
        List<String> files() {
            return List.of(
                    "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties");
        }

        @Override
        List<String> outputs() {
            return List.of("build/classes/java/main", "build/resources/main");
        }

        @Override
        List<String> arguments(Path work) throws IOException {
            Path script = Files.writeString(work.resolve("class-path.gradle"), Templates.read("class-path.gradle.txt"));
            return List.of(
                    "--quiet",
                    "--console=plain",
                    "--init-script",
                    script.toString(),
                    "-Dbelfry.class-path=" + classPath(work),
                    "assemble",
                    "belfryClassPath");
        }
    };

    private final String title;
    private final String command;
    private final String jars;
    private final Pattern comment;
    private final Pattern relocation;

    BuildTool(String title, String command, String jars, Pattern comment, Pattern relocation) {
        this.title = title;
        this.command = command;
        this.jars = jars;
        this.comment = comment;
        this.relocation = relocation;
    }

    /** Maven, unless the folder has the files of Gradle alone. */
    static BuildTool of(Path folder) {
        return MAVEN.filesIn(folder).isEmpty() && !GRADLE.filesIn(folder).isEmpty() ? GRADLE : MAVEN;
    }

    /** The compile class path of the last build. */
    static Path classPath(Path work) {
        return work.resolve("class-path");
    }

    abstract List<String> files();

    abstract List<String> outputs();

    /**
     * Arguments of a build without tests.
     *
     * @param work folder for the class path and other files of {@code belfry dev}
     */
    abstract List<String> arguments(Path work) throws IOException;

    String title() {
        return title;
    }

    String command() {
        return command;
    }

    /** The script that downloads the tool. */
    String wrapper() {
        return command + "w";
    }

    /** The files that configure a build, as far as they exist. */
    List<Path> filesIn(Path folder) {
        return files().stream().map(folder::resolve).filter(Files::exists).toList();
    }

    /** The folder of the plugin's JAR. */
    Path jarsIn(Path folder) {
        return folder.resolve(jars);
    }

    /** The folders of the project's own classes and resources. */
    List<Path> outputsIn(Path folder) {
        return outputs().stream().map(folder::resolve).toList();
    }

    boolean relocates(String buildFile) {
        return relocation.matcher(comment.matcher(buildFile).replaceAll("")).find();
    }
}
