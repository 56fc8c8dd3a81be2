package dev.belfry.host.pf4j;

import dev.belfry.host.files.Digests;
import dev.belfry.host.lifecycle.Candidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns about classes that a plugin needs and cannot see. A host checks a JAR once, because that takes up to half a second of a
 * processor, and beside the start, because the plugin may never use those classes.
 */
final class ClassChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ClassChecks.class);

    /** Each version of a plugin leaves one; with this many, all are forgotten. */
    private static final int MOST_MARKS = 200;

    private final Path passed;
    private final String host;

    /**
     * @param passed folder with an empty file for each JAR that lacks no class
     * @param host version of the host, whose shared classes may differ from another version's
     */
    ClassChecks(Path passed, String host) {
        this.passed = passed;
        this.host = host;
    }

    /** @param exports identify the contracts that the plugin sees */
    void begin(JarCandidate plugin, List<String> exports, Predicate<String> exported) {
        Path mark = passed.resolve(nameOf(plugin, exports));
        if (!Files.exists(mark)) {
            plugin.retain();
            Thread.ofVirtual().name("class-check").start(() -> {
                try {
                    check(plugin, exported, mark);
                } finally {
                    plugin.discard();
                }
            });
        }
    }

    private String nameOf(JarCandidate plugin, List<String> exports) {
        String all = host + " " + plugin.contentName() + " " + exports;
        return HexFormat.of().formatHex(Digests.sha512().digest(all.getBytes(StandardCharsets.UTF_8)), 0, 32);
    }

    private static void check(Candidate plugin, Predicate<String> exported, Path mark) {
        try {
            Map<String, String> missing = plugin.missingClasses(exported);
            if (missing.isEmpty()) {
                remember(mark);
            }
            missing.forEach((name, referrer) -> LOG.warn(
                    "plugin '{}': its class {} refers to {}, which is neither in its JAR nor visible to plugins. What needs it will fail."
                            + " Pack the library into the JAR",
                    plugin.descriptor().id(),
                    referrer,
                    name));
        } catch (IOException | RuntimeException e) {
            LOG.debug(
                    "plugin '{}': its classes could not be checked",
                    plugin.descriptor().id(),
                    e);
        }
    }

    /** The parent folder exists while the host runs; afterward it is not created again. */
    private static void remember(Path mark) throws IOException {
        Path folder = mark.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        try (Stream<Path> marks = Files.list(folder)) {
            List<Path> old = marks.toList();
            if (old.size() >= MOST_MARKS) {
                for (Path each : old) {
                    Files.deleteIfExists(each);
                }
            }
        }
        Files.createFile(mark);
    }
}
