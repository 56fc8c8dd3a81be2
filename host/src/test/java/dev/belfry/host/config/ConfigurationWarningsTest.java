package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.ConfigurationWarnings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings of a record about valid values. */
class ConfigurationWarningsTest {

    record Server(String url) implements ConfigurationWarnings {
        @Override
        public Map<String, String> warnings() {
            return url.startsWith("http:") ? Map.of("url", "is not encrypted. Write https") : Map.of();
        }
    }

    record Mail(Server server) {}

    @TempDir
    Path folder;

    private ConfigFolder bound(String url) {
        ConfigFolder files = new ConfigFolder(folder).file("app.yaml", "mail:\n  server:\n    url: " + url);
        files.load("app.yaml").bind("mail", Mail.class);
        return files;
    }

    @Test
    void aWarningNamesFileLineAndPath() {
        assertThat(bound("http://mail.example").warnings())
                .singleElement()
                .asString()
                .endsWith("app.yaml:3: mail.server.url: is not encrypted. Write https");
    }

    @Test
    void aRecordWithoutWarningsIsSilent() {
        assertThat(bound("https://mail.example").warnings()).isEmpty();
    }
}
