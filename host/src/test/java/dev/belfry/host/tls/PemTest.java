package dev.belfry.host.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    @ParameterizedTest
    @CsvSource({"server.key, RSA", "server-pkcs1.key, RSA", "ec.key, EC", "ed25519.key, EdDSA"})
    void keysThatJavaReads(String file, String algorithm) throws Exception {
        assertThat(PemPrivateKey.in(PemFile.text(file)).getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void aKeyInPkcs1IsTheSameKey() throws Exception {
        assertThat(PemPrivateKey.in(PemFile.text("server-pkcs1.key")))
                .isEqualTo(PemPrivateKey.in(PemFile.text("server.key")));
    }

    @ParameterizedTest
    @CsvSource({
        "encrypted.key, is encrypted with a passphrase",
        "encrypted-pkcs1.key, is encrypted with a passphrase",
        "ec-sec1.key, has the format SEC1"
    })
    void anotherKeyIsRefusedWithTheCommandThatConvertsIt(String file, String reason) {
        assertThatThrownBy(() -> PemPrivateKey.in(PemFile.text(file)))
                .isInstanceOf(InvalidPem.class)
                .hasMessageStartingWith(reason)
                .hasMessageContaining("openssl pkey -in old.pem -out new.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VjcmV0",
                "/etc/tls/secret.pem",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0",
                "-----BEGIN PRIVATE KEY-----\nsecret?\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----"
            })
    void aDamagedKeyIsRefusedWithoutItsContent(String text) {
        assertThatThrownBy(() -> PemPrivateKey.in(text))
                .isInstanceOf(InvalidPem.class)
                .message()
                .doesNotContain("c2VjcmV0", "secret");
    }

    @Test
    void aChainIsReadInItsOrderWithTextAroundIt() throws Exception {
        String chain = "subject=server\n" + PemFile.text("server.pem") + "\nissuer\n" + PemFile.text("ca.pem");

        assertThat(PemCertificates.in(chain))
                .extracting(X509Certificate::getSubjectX500Principal)
                .asString()
                .isEqualTo("[CN=server, CN=ca]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cert.pem", "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----"})
    void whatIsNoCertificateIsRefused(String text) {
        assertThatThrownBy(() -> PemCertificates.in(text)).isInstanceOf(InvalidPem.class);
    }

    @Test
    void aKeyBelongsToItsCertificate() {
        assertThatCode(() -> PemFile.certified("server")).doesNotThrowAnyException();
        assertThatThrownBy(() -> new CertifiedKey(
                        PemPrivateKey.in(PemFile.text("client.key")), PemCertificates.in(PemFile.text("server.pem"))))
                .isInstanceOf(InvalidPem.class)
                .hasMessageStartingWith("does not belong to the first certificate");
    }

    @Test
    void aCertifiedKeyShowsNoKey() {
        assertThat(PemFile.certified("server").toString())
                .startsWith("CN=server, valid until ")
                .hasSizeLessThan(60);
    }
}
