package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisabledPluginsTest {

    @TempDir
    private Path folder;

    private DisabledPlugins read(byte[] content) throws IOException {
        return DisabledPlugins.in(Files.write(folder.resolve("disabled-plugins"), content));
    }

    @Test
    void aByteOrderMarkAndBlanksAreNoPartOfAnId() throws IOException {
        DisabledPlugins disabled = read("\uFEFFbell\r\n\r\n  tower \r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(disabled.contains("bell")).isTrue();
        assertThat(disabled.contains("tower")).isTrue();
        assertThat(disabled.contains("")).isFalse();
    }

    @Test
    void aLineThatIsNotAnIdIsNamed() {
        for (String text : new String[] {"bell\nTürme\n", "bell\n# tower\n"}) {
            assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("disabled-plugins:2: '")
                    .hasMessageContaining("is not a plugin id");
        }
        assertThatThrownBy(() -> read("bell".getBytes(StandardCharsets.UTF_16))).hasMessageContaining(":1: ");
    }
}
