package org.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code blocks of docs/writing-a-plugin.md are passages of files that tests compile and run. */
class GuidePageTest {

    private static final Path GUIDE = Path.of("../../docs/writing-a-plugin.md");

    private static final Pattern BLOCK =
            Pattern.compile("^```(?:java|html|js)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final List<Path> SOURCES = List.of(Path.of("src/test"), Path.of("../hello/src"));

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.add(withoutBlanks(Files.readString(file)));
                }
            }
        }
        return sources;
    }

    /** The formatter may break lines elsewhere than the page. */
    @Test
    void eachBlockIsAPassageOfASource() throws IOException {
        List<String> sources = sources();
        List<String> blocks = BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(20);
        assertThat(blocks)
                .allSatisfy(block ->
                        assertThat(sources).as(block).anyMatch(source -> source.contains(withoutBlanks(block))));
    }
}
