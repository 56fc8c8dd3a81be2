package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.host.settings.ListenSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentOverridesTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    record Hello(String text, List<String> names) {}

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    @Test
    void aVariableOverridesEveryFile() {
        config.variable("APP_CONFIG_backend_listen_port", "8080");

        assertThat(config.settings("backend: {listen: {host: 127.0.0.1, port: 7007}}")
                        .listen())
                .isEqualTo(new ListenSettings("127.0.0.1", 8080));
    }

    @Test
    void jsonValuesAreParsed() {
        config.variable("APP_CONFIG_hello", "{\"text\": \"x\", \"names\": [\"ada\", \"bob\"]}");

        assertThat(config.file("app.yaml", "").load("app.yaml").bind("hello", Hello.class))
                .isEqualTo(new Hello("x", List.of("ada", "bob")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "10 minutes",
                "true story",
                "00123",
                "1e5",
                "12345678901234567890",
                "1.10",
                "{broken",
                "a: b",
                ""
            })
    void aStringIsNotChanged(String text) {
        config.variable("APP_CONFIG_hello_text", text);

        assertThat(config.file("app.yaml", "")
                        .load("app.yaml")
                        .bind("hello", Hello.class)
                        .text())
                .isEqualTo(text);
    }

    @Test
    void nullRemovesAValue() {
        config.variable("APP_CONFIG_hello_text", "null").file("app.yaml", "hello:\n  text: x\n");

        assertThatThrownBy(() -> config.load("app.yaml").bind("hello", Hello.class))
                .hasMessageContaining("hello.text: is required");
    }

    @Test
    void aProblemNamesTheVariable() {
        config.variable("APP_CONFIG_backend_listen_port", "seven");

        assertThat(config.faults("backend: {}"))
                .containsExactly(
                        "APP_CONFIG_backend_listen_port: backend.listen.port: must be a whole number, not 'seven'");
    }

    @Test
    void aSecretIsNotRepeated() {
        record Numbers(int token) {}
        config.variable("APP_CONFIG_hello_token", "s3cret").file("app.yaml", "");

        assertThatThrownBy(() -> config.load("app.yaml").bind("hello", Numbers.class))
                .hasMessage("APP_CONFIG_hello_token: hello.token: must be a whole number, not a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend__listen", "backend_listen_", "_backend"})
    void anEmptyKeyInANameIsAProblem(String keys) {
        config.variable("APP_CONFIG_" + keys, "5");

        assertThat(config.faults("backend: {}"))
                .containsExactly("APP_CONFIG_" + keys
                        + ": the name must have one underscore between two keys, and none at its end");
    }

    @Test
    void aMissingKeyIsReportedAtTheFile() {
        config.variable("APP_CONFIG_hello_names", "[]").file("app.yaml", "hello: {names: [x]}");

        assertThatThrownBy(() -> config.load("app.yaml").bind("hello", Hello.class))
                .hasMessage("app.yaml:1: hello.text: is required, and missing");
    }
}
