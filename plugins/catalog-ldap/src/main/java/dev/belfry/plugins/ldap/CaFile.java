package dev.belfry.plugins.ldap;

import com.unboundid.util.ssl.PEMFileTrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/** The file with the certificates that are trusted. */
final class CaFile {

    private CaFile() {}

    /** @throws IOException with a message that names the file and what is wrong with it */
    static X509TrustManager read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("the file '" + file + "' does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("'" + file + "' is not a file that the user of the host can read");
        }
        try {
            return new PEMFileTrustManager(file.toFile());
        } catch (KeyStoreException e) {
            throw new IOException(
                    "the file '" + file + "' must have certificates in PEM form, and nothing else. A binary certificate"
                            + " (DER) is converted with 'openssl x509 -inform der -in old -out new.pem'",
                    e);
        }
    }

    /** What is wrong with the file now; empty if nothing. */
    static Optional<String> problem(Path file) {
        try {
            read(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
