package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belfry.api.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSchemaCheckTest {

    record Rope(int length) {}

    record Bell(String name, List<Rope> ropes) {}

    record Unrelated(String colour) {}

    record Login(String user, String password) {}

    record Mail(Login login, List<String> apiTokens, Secret clientSecret, boolean secret) {}

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

    @Test
    void aConfidentialStringMustBeASecret() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ConfigSchemaCheck.assertSchemaMatches(Mail.class))
                .withMessageContaining("must be of the type dev.belfry.api.Secret")
                .withMessageEndingWith("[apiTokens, password]");
    }
}
