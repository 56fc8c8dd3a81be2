package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.host.tls.PemFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
    @CsvSource({
        "windows-1252, 'it is not UTF-8: byte 0xFC at line 2'",
        "UTF-16, 'it is UTF-16, not UTF-8: save it as UTF-8'",
        "UTF-16LE, 'it is UTF-16, not UTF-8: save it as UTF-8'"
    })
    void anotherEncodingIsNamed(String encoding, String reason) throws Exception {
        Path file = write("kind: User\nname: J\u00fcrgen\n", Charset.forName(encoding));

        assertThatThrownBy(() -> RegularFile.readText(file, LIMIT))
                .isInstanceOfSatisfying(
                        RegularFile.NotUtf8.class,
                        e -> assertThat(RegularFile.reason(file, e)).isEqualTo(reason));
    }

    @Test
    void aSingleNulIsNamedAsSuch() {
        assertThatThrownBy(() -> RegularFile.text("p, role:default/a\n\0, b, read\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("it has the character NUL (byte 0x00) at line 2, which a text cannot have: remove it");
    }

    private static byte[] binary(String pem) {
        return Base64.getMimeDecoder()
                .decode(PemFile.text(pem).replaceAll("(?s)^.*?-----BEGIN [A-Z ]+-----|-----END.*", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "server.pem, openssl x509 -inform der",
        "server.key, openssl pkey -inform der",
        "encrypted.key, openssl pkey -inform der"
    })
    void aCertificateOrAKeyInABinaryFormatIsNamedWithTheCommandThatConvertsIt(String file, String command) {
        assertThatThrownBy(() -> RegularFile.text(binary(file)))
                .hasMessage("it is a certificate or a key in a binary format, and must be in PEM: convert it with '"
                        + command + " -in old -out new.pem'");
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
