package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegularFileTest {

    private static final long LIMIT = 1024;

    @TempDir
    Path folder;

    private Path write(String text, Charset encoding) throws Exception {
        return Files.write(folder.resolve("file.txt"), text.getBytes(encoding));
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, 0xFC, 2", "UTF-16, 0xFE, 1"})
    void anotherEncodingIsNamedByItsFirstByte(String encoding, String found, int line) throws Exception {
        Path file = write("kind: User\nname: J\u00fcrgen\n", Charset.forName(encoding));

        assertThatThrownBy(() -> RegularFile.readText(file, LIMIT))
                .isInstanceOfSatisfying(
                        RegularFile.NotUtf8.class,
                        e -> assertThat(RegularFile.reason(file, e))
                                .isEqualTo("it is not UTF-8: byte " + found + " at line " + line));
    }

    @Test
    void aTextWithZeroBytesIsInAnotherEncoding() {
        assertThatThrownBy(() -> RegularFile.text("kind: User\n".getBytes(StandardCharsets.UTF_16LE)))
                .hasMessage("it is not UTF-8: byte 0x00 at line 1");
    }

    @Test
    void aCharacterThatIsCutOffIsNamed() {
        assertThatThrownBy(() -> RegularFile.text(new byte[] {'a', '\n', (byte) 0xC3}))
                .hasMessage("it is not UTF-8: byte 0xC3 at line 2");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws Exception {
        assertThat(RegularFile.readText(write("\uFEFFkind: User\n", StandardCharsets.UTF_8), LIMIT))
                .isEqualTo("kind: User\n");
    }
}
