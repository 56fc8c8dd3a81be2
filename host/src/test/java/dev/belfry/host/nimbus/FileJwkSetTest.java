package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

class FileJwkSetTest extends IdentityFixture {

    private Path file() {
        return data.resolve("jwks.json");
    }

    private void write(String content) throws Exception {
        Path part = data.resolve("part");
        Files.writeString(part, content);
        Files.move(part, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private JwtIdentity identity() {
        return believing(trusted(keysIn(file())));
    }

    @Test
    void keysAreReadFromAFile() throws Exception {
        write(issuer.published());

        assertThat(caller(identity(), issuer.token("user:default/ada")).subject())
                .isEqualTo("user:default/ada");
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void aChangedFileIsReloadedAndTokensAreVerifiedAgain() throws Exception {
        write(issuer.published());
        JwtIdentity identity = identity();
        String old = issuer.token("user:default/ada");
        caller(identity, old);

        issuer.publish(issuer.newKey());
        write(issuer.published());

        assertThat(caller(identity, issuer.token("user:default/bob")).subject()).isEqualTo("user:default/bob");
        assertThat(refusal(identity, old)).contains("no matching key");
    }

    @Test
    void aBrokenOrDeletedFileKeepsThePreviousKeys() throws Exception {
        write(issuer.published());
        JwtIdentity identity = identity();

        write("{broken");
        assertThat(caller(identity, issuer.token("user:default/ada")).subject()).isEqualTo("user:default/ada");

        Files.delete(file());
        assertThat(caller(identity, issuer.token("user:default/bob")).subject()).isEqualTo("user:default/bob");
    }

    @Test
    void aFileThatCannotBeReadIsReportedUntilItCan() throws Exception {
        write(issuer.published());
        JwtIdentity identity = identity();
        assertThat(watch.obstacles()).isEmpty();

        Files.delete(file());
        Files.createDirectory(file());
        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'jwks.json' cannot be read: it is a folder, not a file"));
        // A lookup neither hides nor ends the problem.
        caller(identity, issuer.token("user:default/ada"));
        Files.delete(file());
        await().untilAsserted(() -> assertThat(watch.obstacles())
                .containsExactly("the file 'jwks.json' cannot be read: it does not exist"));

        issuer.publish(issuer.newKey());
        write(issuer.published());
        await().untilAsserted(() -> assertThat(watch.obstacles()).isEmpty());
        assertThat(caller(identity, issuer.token("user:default/bob")).subject()).isEqualTo("user:default/bob");
    }

    @Test
    void aMissingOrBrokenFileAtStartIsAConfigurationProblem() throws Exception {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::identity)
                .withMessage("app.yaml:7: auth.issuers[0].jwks: the file '" + file() + "' does not exist");
        write("{broken");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::identity)
                .withMessageStartingWith("app.yaml:7: auth.issuers[0].jwks: " + file() + ": the keys cannot be read: ");
    }

    @Test
    void aFileMayHaveAByteOrderMarkAndMustBeUtf8() throws Exception {
        write("\uFEFF" + issuer.published());
        assertThat(caller(identity(), issuer.token("user:default/ada")).subject())
                .isEqualTo("user:default/ada");

        Files.write(file(), "{\n\"Sch\u00fcssel\": []}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::identity)
                .withMessageEndingWith("the keys cannot be read: it is not UTF-8: byte 0xFC at line 2");
    }
}
