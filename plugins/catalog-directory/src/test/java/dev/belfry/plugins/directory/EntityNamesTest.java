package dev.belfry.plugins.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityNamesTest {

    @ParameterizedTest
    @CsvSource({
        "ada, ada",
        "ada@example.org, ada_example.org",
        "' Domain Admins (EU) ', Domain_Admins_EU",
        "a___b, a_b",
        "***, ''"
    })
    void otherCharactersBecomeUnderscores(String name, String normalized) {
        assertThat(EntityNames.normalized(name)).isEqualTo(normalized);
    }
}
