package dev.belfry.host.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The class files of a plugin. */
final class ClassFiles {

    private static final String SUFFIX = ".class";

    private ClassFiles() {}

    /**
     * @param location a JAR or a folder of classes
     * @param reader gets the content of each class file
     */
    static void read(URL location, Consumer<byte[]> reader) throws IOException {
        Path root = path(location);
        if (Files.isDirectory(root)) {
            readFolder(root, reader);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                readFolder(jar.getPath("/"), reader);
            }
        }
    }

    private static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("'" + location + "' is not a location of files", e);
        }
    }

    private static void readFolder(Path folder, Consumer<byte[]> reader) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(file -> reader.accept(content(file)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
