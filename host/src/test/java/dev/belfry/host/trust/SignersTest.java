package dev.belfry.host.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates may sign plugins, and which may issue such certificates. */
class SignersTest {

    private static final String[] AUTHORITY = {"-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign"};

    @TempDir
    private Path folder;

    private static X509Certificate certificateOf(SigningKey key) {
        return (X509Certificate) key.key().getCertificate();
    }

    private static String reasonAgainst(SigningKey signer, SigningKey... trusted) throws Exception {
        Certificate[] chain = signer.key().getCertificateChain();
        return new Signers(Set.copyOf(
                        Arrays.stream(trusted).map(SignersTest::certificateOf).toList()))
                .reasonAgainst(CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(chain)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ku=digitalSignature", "eku=codeSigning", "eku=serverAuth,codeSigning"})
    void certificatesForCodeSigningOfAnAuthorityAreTrusted(String extension) throws Exception {
        SigningKey authority = SigningKey.make(folder, "authority", AUTHORITY);
        SigningKey signer = authority.issue(folder, "signer", "-ext", extension);

        assertThat(reasonAgainst(signer, authority)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eku=serverAuth", "eku=timeStamping", "ku=keyEncipherment"})
    void aCertificateForOtherPurposesIsNotTrusted(String extension) throws Exception {
        SigningKey authority = SigningKey.make(folder, "authority", AUTHORITY);
        SigningKey server = authority.issue(folder, "server", "-ext", extension);

        assertThat(reasonAgainst(server, authority)).contains("CN=server", "is not for code signing");
        assertThat(reasonAgainst(server, server)).contains("CN=server", "is not for code signing");
    }

    @Test
    void aCertificateThatIsNotAnAuthorityCannotIssueSigners() throws Exception {
        SigningKey signer = SigningKey.make(folder, "signer", "-ext", "eku=codeSigning");
        SigningKey child = signer.issue(folder, "child", "-ext", "eku=codeSigning");

        assertThat(reasonAgainst(child, signer)).contains("CN=child", "whose certificate is not trusted", "CA:TRUE");
        assertThat(reasonAgainst(signer, signer)).isEmpty();
    }

    @Test
    void anAuthorityWithoutKeyCertSignCannotIssueSigners() throws Exception {
        SigningKey authority =
                SigningKey.make(folder, "authority", "-ext", "bc:c=ca:true", "-ext", "ku:c=digitalSignature");
        SigningKey signer = authority.issue(folder, "signer");

        assertThat(reasonAgainst(signer, authority)).contains("whose certificate is not trusted");
    }

    @Test
    void anExpiredAuthorityCannotIssueSigners() throws Exception {
        SigningKey authority = SigningKey.make(
                folder,
                "authority",
                "-startdate",
                "-3d",
                "-validity",
                "1",
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "ku:c=keyCertSign");
        SigningKey signer = authority.issue(folder, "signer");

        assertThat(reasonAgainst(signer, authority)).contains("whose certificate is not trusted");
    }

    @Test
    void theAuthoritysPathLengthIsRespected() throws Exception {
        SigningKey wide = SigningKey.make(folder, "wide", AUTHORITY);
        SigningKey narrow =
                SigningKey.make(folder, "narrow", "-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign");

        SigningKey ofWide = wide.issue(folder, "between", AUTHORITY).issue(folder, "signer");
        SigningKey ofNarrow = narrow.issue(folder, "too-deep", AUTHORITY).issue(folder, "other");

        assertThat(reasonAgainst(ofWide, wide)).isEmpty();
        assertThat(reasonAgainst(ofNarrow, narrow)).contains("whose certificate is not trusted");
    }

    @Test
    void anUnknownAuthorityIsNotTrusted() throws Exception {
        SigningKey authority = SigningKey.make(folder, "authority", AUTHORITY);
        SigningKey signer = SigningKey.make(folder, "stranger", AUTHORITY).issue(folder, "signer");

        assertThat(reasonAgainst(signer, authority)).contains("whose certificate is not trusted");
    }
}
