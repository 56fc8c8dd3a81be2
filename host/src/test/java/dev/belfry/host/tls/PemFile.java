package dev.belfry.host.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The certificates and keys in the resources of the tests. */
public final class PemFile {

    private PemFile() {}

    public static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(PemFile.class.getResourceAsStream("/tls/" + name), "there is no " + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static CertifiedKey certified(String name) {
        try {
            return new CertifiedKey(PemPrivateKey.in(text(name + ".key")), PemCertificates.in(text(name + ".pem")));
        } catch (InvalidPem e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Copies a certificate and its key into a folder, as {@code cert.pem} and {@code key.pem}. */
    public static void copy(String name, Path folder) {
        try {
            Files.writeString(folder.resolve("cert.pem"), text(name + ".pem"));
            Files.writeString(folder.resolve("key.pem"), text(name + ".key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
