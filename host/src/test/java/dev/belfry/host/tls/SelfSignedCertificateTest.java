package dev.belfry.host.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SelfSignedCertificateTest {

    @TempDir
    private Path folder;

    private CertifiedKey current(Instant now, String... hosts) {
        return new SelfSignedCertificate(folder, Set.of(hosts)).current(now);
    }

    @Test
    void itIsMadeOnceAndRenewedBeforeItEnds() throws Exception {
        CertifiedKey made = current(Instant.now(), "belfry.example", "[fd00::7]", "0.0.0.0", "fe80::1%eth0");

        assertThat(made.certificate().getSubjectAlternativeNames())
                .<Object>extracting(name -> name.get(1))
                .containsExactlyInAnyOrder(
                        "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "belfry.example", "fd00:0:0:0:0:0:0:7");
        Path file = SelfSignedCertificate.file(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }

        Instant end = made.certificate().getNotAfter().toInstant();
        assertThat(current(Instant.now(), "belfry.example")).isEqualTo(made);
        assertThat(current(end.minus(SelfSignedCertificate.RENEWAL).minus(Duration.ofHours(1)), "belfry.example"))
                .isEqualTo(made);

        CertifiedKey renewed = current(end.minus(SelfSignedCertificate.RENEWAL), "belfry.example");
        assertThat(renewed).isNotEqualTo(made);
        assertThat(SelfSignedCertificate.existing(folder)).contains(renewed);
    }

    @Test
    void itIsMadeAgainForAnotherNameAndInPlaceOfADamagedFile() throws Exception {
        Path file = SelfSignedCertificate.file(folder);
        Files.createDirectories(file.getParent());
        Files.writeString(file, PemFile.text("server.pem") + PemFile.text("server.key"));

        CertifiedKey kept = current(Instant.now().plus(Duration.ofDays(1)));
        assertThat(kept.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=Belfry");

        Files.writeString(file, "damaged");
        assertThat(SelfSignedCertificate.existing(folder)).isEmpty();
        assertThat(current(Instant.now())).isNotEqualTo(kept);
    }

    @Test
    void anEndIsToldADayApart() {
        var log = dev.belfry.host.CapturedLog.of(CertificateExpiry.class);
        CertificateExpiry expiry = new CertificateExpiry();
        CertifiedKey server = PemFile.certified("server");
        Instant end = server.certificate().getNotAfter().toInstant();

        for (Duration before : List.of(
                Duration.ofDays(15),
                Duration.ofDays(13),
                Duration.ofDays(13).minusHours(23),
                Duration.ofDays(11),
                Duration.ZERO)) {
            expiry.check(server, end.minus(before));
        }

        assertThat(log.messages())
                .satisfiesExactly(
                        first -> assertThat(first).contains("in 13 days"),
                        second -> assertThat(second).contains("in 11 days"),
                        last -> assertThat(last).contains("ended at"));
    }
}
