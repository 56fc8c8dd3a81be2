package dev.belfry.host.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may sign plugins: the holder of a trusted certificate, or of one that a trusted authority has issued. The JDK
 * does not check the trust anchor (RFC 5280, section 6.1.1 d), so this class does.
 */
record Signers(Set<X509Certificate> trusted) {

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    /** Indexes for X509Certificate.getKeyUsage. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int CERTIFICATE_SIGN = 5;

    /** @return why a signature with this path is not trusted; empty = it is trusted */
    String reasonAgainst(CertPath path) {
        List<X509Certificate> certificates =
                path.getCertificates().stream().map(X509Certificate.class::cast).toList();
        X509Certificate signer = certificates.getFirst();
        String subject = "it is signed by " + signer.getSubjectX500Principal().getName();
        if (!maySignCode(signer)) {
            return subject + ", whose certificate is not for code signing: it needs the extended key usage"
                    + " codeSigning, or none at all";
        }
        return isTrusted(signer) || isVouchedFor(certificates)
                ? ""
                : subject
                        + ", whose certificate is not trusted: it, or the authority (CA:TRUE, keyCertSign) that"
                        + " issued it, must be in dynamicPlugins.certificates and valid today";
    }

    private static boolean maySignCode(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return (purposes == null || purposes.contains(CODE_SIGNING)) && allows(certificate, DIGITAL_SIGNATURE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean allows(X509Certificate certificate, int usage) {
        boolean[] usages = certificate.getKeyUsage();
        return usages == null || usages[usage];
    }

    private boolean isTrusted(X509Certificate signer) {
        return trusted.contains(signer) && isValidToday(signer);
    }

    private static boolean isValidToday(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private boolean isVouchedFor(List<X509Certificate> certificates) {
        try {
            List<X509Certificate> below = certificates.stream()
                    .takeWhile(certificate -> !isAuthority(certificate, 0))
                    .toList();
            Set<TrustAnchor> anchors = trusted.stream()
                    .filter(anchor -> isAuthority(anchor, below.size() - 1))
                    .map(anchor -> new TrustAnchor(anchor, null))
                    .collect(Collectors.toSet());
            if (below.isEmpty() || anchors.isEmpty()) {
                return false;
            }
            PKIXParameters parameters = new PKIXParameters(anchors);
            // No revocation lists: to revoke a certificate, remove it from the file.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * @param between number of authorities between this one and the signer
     * @return whether it is a valid authority today
     */
    private boolean isAuthority(X509Certificate certificate, int between) {
        return trusted.contains(certificate)
                // -1 = not an authority; else the maximum number of authorities in between.
                && certificate.getBasicConstraints() >= between
                && allows(certificate, CERTIFICATE_SIGN)
                && isValidToday(certificate);
    }
}
