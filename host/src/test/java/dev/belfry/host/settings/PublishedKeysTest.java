package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.ConfigFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that Backstage has published is read, has no effect, or is a warning that says what Belfry does instead; it is never unknown. */
class PublishedKeysTest {

    private static final String LIST = "published-keys.txt";

    @TempDir
    Path folder;

    @Test
    void noPublishedKeyIsUnknown() throws IOException {
        ConfigFolder config = new ConfigFolder(folder);
        List<String> unknown = new ArrayList<>();
        for (String path : published()) {
            said(config, path).stream()
                    .filter(line -> line.contains(": unknown key"))
                    .forEach(line -> unknown.add(path + " -> " + line));
        }
        assertThat(unknown).isEmpty();
    }

    private static List<String> said(ConfigFolder config, String path) {
        List<String> said = new ArrayList<>();
        try {
            config.settings(yaml(path));
        } catch (ConfigurationException e) {
            // Its value has no meaning; the key may have one.
            said.addAll(e.faults());
        }
        said.addAll(config.warnings());
        return said;
    }

    /** An object for each step. */
    private static String yaml(String path) {
        StringBuilder begin = new StringBuilder();
        StringBuilder end = new StringBuilder();
        for (String step : path.split("\\.")) {
            String key = step.replace("[]", "").replace("*", "any");
            boolean isArray = step.endsWith("[]");
            begin.append(isArray ? "{" + key + ": [" : "{" + key + ": ");
            end.insert(0, isArray ? "]}" : "}");
        }
        String yaml = begin + "x" + end;
        return yaml.substring(1, yaml.length() - 1) + "\n";
    }

    private static List<String> published() throws IOException {
        try (InputStream list = Objects.requireNonNull(PublishedKeysTest.class.getResourceAsStream(LIST), LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
