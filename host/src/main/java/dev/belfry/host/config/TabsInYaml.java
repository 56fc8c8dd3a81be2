package dev.belfry.host.config;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.scanner.ScannerException;

/** YAML 1.2 allows tabs between tokens, though not for indentation; SnakeYAML, which reads YAML 1.1, refuses both. */
final class TabsInYaml {

    private static final int MOST = 1_000;

    private TabsInYaml() {}

    /** @throws org.yaml.snakeyaml.error.YAMLException as {@link Yaml#compose}, but not for a tab between tokens */
    static @Nullable Node compose(Yaml yaml, String text) {
        StringBuilder blanks = new StringBuilder(text);
        for (int replaced = 0; ; replaced++) {
            try {
                return yaml.compose(new StringReader(blanks.toString()));
            } catch (ScannerException e) {
                Mark refused = e.getProblemMark();
                int place = refused == null ? -1 : blanks.offsetByCodePoints(0, refused.getIndex());
                if (replaced == MOST || place < 0 || !isBetweenTokens(blanks, place)) {
                    throw e;
                }
                blanks.setCharAt(place, ' ');
            }
        }
    }

    private static boolean isBetweenTokens(CharSequence text, int place) {
        if (place >= text.length() || text.charAt(place) != '\t') {
            return false;
        }
        int before = place;
        while (before > 0 && Character.isWhitespace(text.charAt(before - 1)) && text.charAt(before - 1) != '\n') {
            before--;
        }
        return before > 0 && text.charAt(before - 1) != '\n';
    }
}
