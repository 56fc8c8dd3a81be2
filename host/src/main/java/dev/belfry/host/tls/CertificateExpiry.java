package dev.belfry.host.tls;

import java.time.Duration;
import java.time.Instant;
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
        Instant begin = certificate.certificate().getNotBefore().toInstant();
        Instant end = certificate.certificate().getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            LOG.warn(
                    "the certificate of backend.https ended at {}: clients refuse it. Replace it ({})",
                    end,
                    certificate);
        } else if (now.plus(NOTICE).isAfter(end)) {
            LOG.warn(
                    "the certificate of backend.https ends at {}, in {} days. Replace it before ({})",
                    end,
                    Duration.between(now, end).toDays(),
                    certificate);
        } else if (now.isBefore(begin)) {
            LOG.warn(
                    "the certificate of backend.https is valid from {} only: until then, clients refuse it ({})",
                    begin,
                    certificate);
        } else {
            return;
        }
        warned = certificate;
        last = now;
    }
}
