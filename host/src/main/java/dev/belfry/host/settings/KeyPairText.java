package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Checks;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.InvalidPem;
import dev.belfry.host.tls.PemCertificates;
import dev.belfry.host.tls.PemPrivateKey;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/** The keys {@code cert} and {@code key}: a certificate chain and its private key, both as PEM texts. */
final class KeyPairText {

    private static final int RSA_BITS = 2048;

    private KeyPairText() {}

    static void check(Checks checks, String cert, Secret key) {
        List<X509Certificate> chain = List.of();
        try {
            chain = PemCertificates.in(cert);
        } catch (InvalidPem e) {
            checks.fault("cert", e.getMessage());
        }
        try {
            PrivateKey own = PemPrivateKey.in(key.text());
            if (!chain.isEmpty()) {
                new CertifiedKey(own, chain);
            }
        } catch (InvalidPem e) {
            checks.fault("key", e.getMessage());
        }
    }

    /** Browsers, and OpenSSL at its default level, refuse certificates with short RSA keys. */
    static void warnOfWeakKey(Checks checks, String cert) {
        try {
            if (PemCertificates.in(cert).getFirst().getPublicKey() instanceof RSAKey rsa
                    && rsa.getModulus().bitLength() < RSA_BITS) {
                checks.warn(
                        "cert",
                        "has an RSA key of " + rsa.getModulus().bitLength()
                                + " bits, which browsers and other clients refuse; use 2048 bits or more");
            }
        } catch (InvalidPem e) {
            // Reported by check().
        }
    }

    /** The texts were checked. */
    static CertifiedKey read(String cert, Secret key) {
        try {
            return new CertifiedKey(PemPrivateKey.in(key.text()), PemCertificates.in(cert));
        } catch (InvalidPem e) {
            throw new IllegalStateException("the texts were checked before: " + e.getMessage(), e);
        }
    }
}
