package dev.belfry.host.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads a private key from PEM: PKCS#8 of any algorithm, or PKCS#1. The JDK reads no SEC1. */
public final class PemPrivateKey {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final String CONVERT = "; convert it with 'openssl pkey -in old.pem -out new.pem'";

    private PemPrivateKey() {}

    public static PrivateKey in(String text) throws InvalidPem {
        for (PemBlock block : PemBlock.in(text)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return key(block);
            }
        }
        throw new InvalidPem("holds no private key in PEM: a text with the line '-----BEGIN PRIVATE KEY-----'."
                + " Use $file for the content of a file");
    }

    private static PrivateKey key(PemBlock block) throws InvalidPem {
        if (block.isEncrypted()) {
            throw new InvalidPem("is encrypted with a passphrase, which Belfry does not read" + CONVERT);
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.content());
            case "RSA PRIVATE KEY" -> pkcs1(block.content());
            case "EC PRIVATE KEY" -> throw new InvalidPem("has the format SEC1, which Java does not read" + CONVERT);
            default -> throw new InvalidPem("is of the unknown kind '" + block.label() + "'" + CONVERT);
        };
    }

    private static PrivateKey pkcs8(byte[] content) throws InvalidPem {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (GeneralSecurityException e) {
                // It is a key of the next algorithm, or damaged.
            }
        }
        throw new InvalidPem("is damaged, or of another algorithm than RSA, EC and Ed25519");
    }

    /** The JDK's RSA provider reads this format only by translation. */
    private static PrivateKey pkcs1(byte[] content) throws InvalidPem {
        try {
            return (PrivateKey) KeyFactory.getInstance("RSA").translateKey(new Pkcs1(content));
        } catch (InvalidKeyException e) {
            throw new InvalidPem("is damaged: it is no RSA key in the format PKCS#1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    private static final class Pkcs1 implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final byte[] content;

        Pkcs1(byte[] content) {
            this.content = content;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "PKCS#1";
        }

        @Override
        public byte[] getEncoded() {
            return content.clone();
        }
    }
}
