package dev.belfry.installations;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The bundles in the test's resources. */
final class Bundles {

    private static final String END = ".yaml";

    private Bundles() {}

    static List<Bundle> all() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(Bundles.class.getResource("/installations"))
                .toURI());
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(END)).sorted().toList()) {
                bundles.add(read(file));
            }
        }
        return bundles;
    }

    private static Bundle read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(END, "");
        try (Reader reader = Files.newBufferedReader(file)) {
            return Bundle.of(name, BundleTree.cast(new Yaml().load(reader)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
