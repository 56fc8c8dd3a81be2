package dev.belfry.host.tls;

import dev.belfry.host.files.OwnerOnlyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's self-signed certificate, with its key in one PEM file of the data directory that only the owner can read.
 * It is made on first use, and again before it ends or when it lacks a name of the host.
 */
public final class SelfSignedCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(SelfSignedCertificate.class);

    /** Renewed when less is left. */
    static final Duration RENEWAL = Duration.ofDays(30);

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private final Path file;
    private final AlternativeNames names;

    /** @param hosts names and addresses of the host, in addition to the local ones */
    public SelfSignedCertificate(Path dataDirectory, Set<String> hosts) {
        this.file = file(dataDirectory);
        this.names = AlternativeNames.of(LOCAL, hosts);
    }

    /** Where the certificate is, for clients. */
    public static Path file(Path dataDirectory) {
        return dataDirectory.resolve("keys").resolve("https.pem");
    }

    /** The current certificate in a data directory, if a host has made one. */
    public static Optional<CertifiedKey> existing(Path dataDirectory) {
        return read(file(dataDirectory));
    }

    /** The certificate, made or renewed if necessary. One that cannot be renewed stays in use. */
    public CertifiedKey current(Instant now) {
        Optional<CertifiedKey> existing = read(file);
        if (existing.filter(own -> isGood(own, now)).isPresent()) {
            return existing.get();
        }
        try {
            return make();
        } catch (UncheckedIOException e) {
            if (existing.isEmpty()) {
                throw e;
            }
            LOG.warn("{}; the previous one stays in use: {}", e.getMessage(), existing.get());
            return existing.get();
        }
    }

    private boolean isGood(CertifiedKey own, Instant now) {
        return now.plus(RENEWAL).isBefore(own.certificate().getNotAfter().toInstant())
                && names.areIn(own.certificate());
    }

    private static Optional<CertifiedKey> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            OwnerOnlyFiles.restrict(file);
            String text = Files.readString(file);
            return Optional.of(new CertifiedKey(PemPrivateKey.in(text), PemCertificates.in(text)));
        } catch (InvalidPem | IOException e) {
            LOG.warn("the certificate {} cannot be used; it {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private CertifiedKey make() {
        try {
            OwnerOnlyFiles.createFolder(file.resolveSibling(""));
            Keytool.Entry made = Keytool.selfSigned(file.resolveSibling(""), names);
            Path part = OwnerOnlyFiles.createFile(file.resolveSibling("https.pem.part"));
            Files.writeString(part, pem(made));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate of backend.https cannot be made: " + e.getMessage(), e);
        }
        CertifiedKey own = read(file).orElseThrow(() -> new IllegalStateException(file + " cannot be read"));
        LOG.info("a self-signed certificate was made: {} for {}; {}", file, names, own);
        return own;
    }

    private static String pem(Keytool.Entry made) throws IOException {
        try {
            return block("CERTIFICATE", made.certificate().getEncoded())
                    + block("PRIVATE KEY", made.key().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + PEM.encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
