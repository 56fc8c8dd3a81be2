package dev.belfry.host.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JARs that the distribution has in a folder which no host loads. An operator copies one to use it.
 *
 * @param folder does not have to exist
 */
record OptionalPlugins(Path folder) {

    private static final String NAME = "optional-plugins";

    /** @param home Belfry's own folder */
    static OptionalPlugins in(Path home) {
        return new OptionalPlugins(home.resolve(NAME));
    }

    /** The JAR of the plugin with this id. */
    Optional<Path> jarOf(String id) {
        Pattern name = Pattern.compile(Pattern.quote(id) + "-[0-9].*\\.jar");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            name.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            // Most hosts, such as one in an application, have no such folder.
            return Optional.empty();
        }
    }
}
