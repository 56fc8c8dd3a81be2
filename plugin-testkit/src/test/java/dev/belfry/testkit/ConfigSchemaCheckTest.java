package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSchemaCheckTest {

    record Rope(int length) {}

    record Bell(String name, List<Rope> ropes) {}

    record Unrelated(String colour) {}

    @Test
    void aMatchingSchemaPasses() {
        ConfigSchemaCheck.assertSchemaMatches(Bell.class);
    }

    @Test
    void everyDifferenceIsNamed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConfigSchemaCheck.assertSchemaMatches(Unrelated.class))
                .withMessageContaining("missing keys: [colour]")
                .withMessageContaining("keys that the record does not have: [name, ropes, ropes[].length]")
                .withMessageContaining("\"required\" : [ \"colour\" ]");
    }
}
