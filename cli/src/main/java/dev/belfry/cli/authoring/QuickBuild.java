package dev.belfry.cli.authoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds a plugin's JAR faster than a build tool starts: compiles the sources in this process, and updates the JAR that the
 * build tool made. Other content, such as packed libraries and the manifest, stays.
 */
final class QuickBuild {

    private final PluginProject project;
    private final Path classes;

    /** @param classes output folder of the compiler; its content is deleted */
    QuickBuild(PluginProject project, Path classes) {
        this.project = project;
        this.classes = classes;
    }

    /** @throws BuildFailed with the compiler's output */
    void build(Path to) throws IOException, BuildFailed {
        compile();
        Map<String, Path> own = new LinkedHashMap<>();
        collect(project.resources(), own);
        // The build tool has put the version into it.
        own.remove(JarFile.MANIFEST_NAME);
        collect(classes, own);
        Map<String, Path> before = new LinkedHashMap<>();
        for (Path output : project.outputs()) {
            collect(output, before);
        }

        Path part = to.resolveSibling("." + to.getFileName() + ".part");
        try (JarFile jar = new JarFile(project.jar().toFile());
                OutputStream file = Files.newOutputStream(part);
                JarOutputStream out = new JarOutputStream(file, jar.getManifest())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                boolean replaced = own.containsKey(name) || before.containsKey(name);
                if (!entry.isDirectory() && !replaced && !name.equals(JarFile.MANIFEST_NAME)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(out, name, in);
                    }
                }
            }
            for (Map.Entry<String, Path> entry : own.entrySet()) {
                try (InputStream in = Files.newInputStream(entry.getValue())) {
                    add(out, entry.getKey(), in);
                }
            }
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void add(JarOutputStream out, String name, InputStream content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        content.transferTo(out);
        out.closeEntry();
    }

    private static void collect(Path root, Map<String, Path> files) throws IOException {
        for (Path file : PluginProject.filesIn(root)) {
            files.put(root.relativize(file).toString().replace('\\', '/'), file);
        }
    }

    private void compile() throws IOException, BuildFailed {
        empty(classes);
        List<Path> sources = PluginProject.filesIn(project.sources()).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new BuildFailed("this Java has no compiler: a JDK is needed");
        }
        StringWriter said = new StringWriter();
        List<String> options = new ArrayList<>(List.of(
                "-d", classes.toString(), "-classpath", project.classPath(), "-parameters", "-proc:none", "-nowarn"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new BuildFailed(said.toString());
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
