package dev.belfry.host.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a certificate that has ended, ends soon, or has not begun: at once, and then once a day. */
public final class CertificateExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final Duration REST = Duration.ofDays(1);

    private @Nullable CertifiedKey warned;
    private Instant last = Instant.MIN;

    public synchronized void check(CertifiedKey certificate, Instant now) {
        if (certificate.equals(warned) && now.isBefore(last.plus(REST))) {
            return;
        }
        Optional<String> warning = warning(certificate, now);
        if (warning.isEmpty()) {
            return;
        }
        LOG.warn(warning.get());
        warned = certificate;
        last = now;
    }

    /** Why clients refuse the certificate now or soon. */
    public static Optional<String> warning(CertifiedKey certificate, Instant now) {
        Instant begin = certificate.certificate().getNotBefore().toInstant();
        Instant end = certificate.certificate().getNotAfter().toInstant();
        String subject = "the certificate of backend.https ";
        if (!now.isBefore(end)) {
            return Optional.of(subject + "ended at " + end + ": clients refuse it. Replace it (" + certificate + ")");
        }
        if (now.plus(NOTICE).isAfter(end)) {
            return Optional.of(subject + "ends at " + end + ", in "
                    + Duration.between(now, end).toDays() + " days. Replace it before (" + certificate + ")");
        }
        return now.isBefore(begin)
                ? Optional.of(subject + "is valid from " + begin + " only: until then, clients refuse it ("
                        + certificate + ")")
                : Optional.empty();
    }
}
