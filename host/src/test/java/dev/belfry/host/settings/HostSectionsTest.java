package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.Config;
import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.config.RecordSchema;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reserved section names are the sections of the host. */
class HostSectionsTest {

    @TempDir
    Path folder;

    @Test
    void everySectionOfTheHostIsUsed() {
        Map<?, ?> sections = (Map<?, ?>)
                Objects.requireNonNull(RecordSchema.of(HostKeys.class).get("properties"));
        String empty = sections.keySet().stream().map(name -> name + ": {}\n").collect(Collectors.joining());
        Config config = new ConfigFolder(folder).file("app.yaml", empty).load("app.yaml");

        assertThat(sections).hasSizeGreaterThan(7);
        HostSettings.from(config);
        config.noteUnusedSections(Set.of());

        assertThat(config.notices().ignored()).isEmpty();
        assertThat(config.notices().warnings()).isEmpty();
    }
}
