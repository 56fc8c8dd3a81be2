package dev.belfry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md names a test for each guarantee. */
class SecurityGuideTest {

    private static final Path PROJECT = Path.of("..");

    /** `SomeTest`, `SomeTest#method`, or `#method` of the test that was named before. */
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))?(?:#(\\w+))?`");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("host", "cli", "notifications-plugin", "plugin-api", "plugin-testkit")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTestThatTheGuideNamesExists() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named = TEST.matcher(read(PROJECT.resolve("docs/security.md")))
                .results()
                .filter(one -> one.group(1) != null || one.group(2) != null)
                .toList();
        assertThat(named).hasSizeGreaterThan(50);

        String test = "";
        for (MatchResult one : named) {
            test = one.group(1) == null ? test : one.group(1);
            assertThat(sources).as(one.group()).containsKey(test);
            if (one.group(2) != null) {
                assertThat(sources.get(test)).as(one.group()).contains(" " + one.group(2) + "(");
            }
        }
    }
}
