package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page shows the files that the tests of this module compile and run. */
class RecipesPageTest {

    private static final Path PAGE = Path.of("../../docs/recipes.md");

    /** A file is shown below its name, such as {@code web/app.js}. */
    private static final Pattern SHOWN =
            Pattern.compile("^`([\\w/.-]+)`:\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** {@code .ci/run} builds the project in Kotlin. */
    private static final String IN_KOTLIN = "KotlinBellsPlugin.kt";

    private static final Pattern IN_NO_RECIPE = Pattern.compile("org/example/(recipes|guide)/");

    private static List<Path> files() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/test/java/org/example"));
                Stream<Path> others = Files.walk(Path.of("src/test/recipes"))) {
            return Stream.concat(
                            java.filter(file ->
                                    !IN_NO_RECIPE.matcher(file.toString()).find()),
                            others)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static List<MatchResult> shown() throws IOException {
        return SHOWN.matcher(Files.readString(PAGE)).results().toList();
    }

    private static boolean isShown(Path file, List<MatchResult> shown) throws IOException {
        String content = Files.readString(file);
        return shown.stream()
                .anyMatch(
                        block -> file.endsWith(block.group(1)) && block.group(2).equals(content));
    }

    @Test
    void thePageShowsEachFileAsItIs() throws IOException {
        List<MatchResult> shown = shown();
        Set<String> missing = new TreeSet<>();
        for (Path file : files()) {
            if (!isShown(file, shown)) {
                missing.add(file.toString());
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void eachFileOfThePageExists() throws IOException {
        List<Path> files = files();
        Set<String> unknown = shown().stream()
                .map(block -> block.group(1))
                .filter(name -> !name.equals(IN_KOTLIN))
                .filter(name -> files.stream().noneMatch(file -> file.endsWith(name)))
                .collect(Collectors.toSet());

        assertThat(files).hasSizeGreaterThan(12);
        assertThat(unknown).isEmpty();
    }
}
