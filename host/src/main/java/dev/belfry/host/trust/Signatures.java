package dev.belfry.host.trust;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.files.UnreadableJar;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies signatures of JARs against the trusted certificates. */
public final class Signatures {

    private final Signers signers;

    private Signatures(Set<X509Certificate> trusted) {
        this.signers = new Signers(trusted);
    }

    /** @param pem file with one or more certificates */
    static Signatures trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Set<X509Certificate> trusted = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (trusted.isEmpty()) {
                throw new CertificateException("it contains none");
            }
            return new Signatures(trusted);
        } catch (IOException | CertificateException e) {
            throw new ConfigurationException(List.of(
                    "dynamicPlugins.certificates: " + pem + " is not a PEM file with certificates: " + e.getMessage()));
        }
    }

    void check(Path jar, long mostUnpacked) throws Refusal {
        try (PluginArchive archive = PluginArchive.open(jar, true, mostUnpacked)) {
            for (JarEntry entry : archive.entries()) {
                archive.read(entry, OutputStream.nullOutputStream());
                check(entry);
            }
        } catch (SecurityException e) {
            throw Refusal.notAllowed("its signature is invalid: " + e.getMessage(), e);
        } catch (IOException e) {
            throw Refusal.ofOpening(UnreadableJar.reason(jar, e), e);
        }
    }

    /** Whether an entry is a signature file, which cannot be signed itself and is not used by plugins. */
    public static boolean isOfTheSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(JarFile.MANIFEST_NAME) || upper.matches("META-INF/(SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))");
    }

    /**
     * @param entry of a JAR that was opened for verification, read to its end: only then its signers are known
     * @throws Refusal when no trusted signer has signed it
     */
    public void check(JarEntry entry) throws Refusal {
        if (entry.isDirectory() || isOfTheSignature(entry.getName())) {
            return;
        }
        @Nullable CodeSigner[] found = entry.getCodeSigners();
        if (found == null || found.length == 0) {
            throw Refusal.notAllowed(
                    "its entry " + entry.getName() + " is not signed, and dynamicPlugins.trust is 'signed'", null);
        }
        String reason = "";
        for (CodeSigner signer : found) {
            if (signer == null) {
                continue;
            }
            reason = signers.reasonAgainst(signer.getSignerCertPath());
            if (reason.isEmpty()) {
                return;
            }
        }
        throw Refusal.notAllowed(reason, null);
    }
}
