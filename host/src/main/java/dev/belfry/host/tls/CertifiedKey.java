package dev.belfry.host.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A private key with its certificate, by which a server or a client proves who it is. */
public final class CertifiedKey {

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    /**
     * @param chain the key's own certificate, then the certificates of its issuers
     * @throws InvalidPem when the key does not belong to the first certificate
     */
    public CertifiedKey(PrivateKey key, List<X509Certificate> chain) throws InvalidPem {
        if (!isPair(key, chain.getFirst().getPublicKey())) {
            throw new InvalidPem("does not belong to the first certificate of the chain, which must be the server's"
                    + " or client's own");
        }
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    private static boolean isPair(PrivateKey own, PublicKey certified) {
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        try {
            String algorithm = switch (own.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> own.getAlgorithm();
            };
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    PrivateKey key() {
        return key;
    }

    List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertifiedKey another && key.equals(another.key) && chain.equals(another.chain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, chain);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + ", valid until "
                + certificate().getNotAfter().toInstant();
    }
}
