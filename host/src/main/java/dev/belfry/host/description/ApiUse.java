package dev.belfry.host.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of the plugin API that the classes of a plugin mention. A plugin cannot use a type without its name in a constant pool. */
record ApiUse(Set<Class<?>> mentioned) {

    private static final String CLASS_FILE = ".class";

    /**
     * @param location a JAR or a folder of classes
     * @param types looked for
     */
    static ApiUse in(URL location, Collection<Class<?>> types) throws IOException {
        Map<Class<?>, Pattern> names = types.stream().collect(Collectors.toMap(Function.identity(), ApiUse::name));
        Set<Class<?>> mentioned = new HashSet<>();
        Path root = path(location);
        if (Files.isDirectory(root)) {
            search(root, names, mentioned);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                search(jar.getPath("/"), names, mentioned);
            }
        }
        return new ApiUse(Set.copyOf(mentioned));
    }

    /** Other types may begin with the name. */
    private static Pattern name(Class<?> type) {
        return Pattern.compile(Pattern.quote(type.getName().replace('.', '/')) + "(?!\\w)");
    }

    private static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("'" + location + "' is not a location of files", e);
        }
    }

    private static void search(Path folder, Map<Class<?>, Pattern> names, Set<Class<?>> mentioned) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(CLASS_FILE)).forEach(file -> {
                String content = content(file);
                names.forEach((type, name) -> {
                    if (!mentioned.contains(type) && name.matcher(content).find()) {
                        mentioned.add(type);
                    }
                });
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Names in class files are ASCII here; every byte becomes one letter. */
    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean mentions(Class<?> type) {
        return mentioned.contains(type);
    }
}
