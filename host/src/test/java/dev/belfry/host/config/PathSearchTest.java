package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathSearchTest {

    record Section(Found file) {}

    record Found(Path path) {
        @FromText("a path")
        static Found parse(String text, SourceLocation place) {
            return new Found(place.find(text));
        }
    }

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private Path find(String path) {
        return config.file("top/app.yaml", "hello: {file: " + path + "}")
                .load("top/app.yaml")
                .bind("hello", Section.class)
                .file()
                .path();
    }

    @Test
    void theFolderOfTheFileComesFirst() {
        config.file("top/org.yaml", "").file("org.yaml", "");

        assertThat(find("org.yaml")).isEqualTo(folder.resolve("top/org.yaml"));
        assertThat(config.notices().all()).isEmpty();
    }

    /** The backend of an application is started in packages/backend, and its configuration is at the top. */
    @Test
    void theFolderOfABackendIsSearched() {
        config.file("top/examples/org.yaml", "");

        assertThat(find("../../examples/org.yaml")).isEqualTo(folder.resolve("top/examples/org.yaml"));
        assertThat(config.notices().all())
                .containsExactly(
                        "top/app.yaml:1: '../../examples/org.yaml' is " + folder.resolve("top/examples/org.yaml"));
    }

    @Test
    void theFolderOfTheCallerIsSearched() {
        config.file("elsewhere/org.yaml", "")
                .variable("BELFRY_CALLER", folder.resolve("elsewhere").toString());

        assertThat(find("org.yaml")).isEqualTo(folder.resolve("elsewhere/org.yaml"));
    }

    @Test
    void allPlacesAreNamedIfNothingIsFound() {
        config.variable("BELFRY_CALLER", folder.resolve("elsewhere").toString());

        assertThat(find("org.yaml")).isEqualTo(folder.resolve("top/org.yaml"));
        assertThat(config.warnings())
                .containsExactly(
                        "top/app.yaml:1: 'org.yaml' does not exist; looked for " + folder.resolve("top/org.yaml")
                                + ", " + folder.resolve("elsewhere/org.yaml") + ", " + folder.resolve("org.yaml") + ", "
                                + folder.resolve("top/packages/backend/org.yaml"));
    }
}
