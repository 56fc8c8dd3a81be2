package dev.belfry.host.trust;

import dev.belfry.api.ConfigurationException;
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

/** The signatures of JARs that are believed: by one of these certificates, or by one that they vouch for. */
public final class Signatures {

    private final Signers signers;

    private Signatures(Set<X509Certificate> trusted) {
        this.signers = new Signers(trusted);
    }

    /** @param pem one or more certificates */
    static Signatures trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Set<X509Certificate> trusted = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (trusted.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            return new Signatures(trusted);
        } catch (IOException | CertificateException e) {
            throw new ConfigurationException(List.of(
                    "dynamicPlugins.certificates: " + pem + " is no PEM file with certificates: " + e.getMessage()));
        }
    }

    void check(Path jar, long mostUnpacked) throws Refusal {
        try (PluginArchive archive = PluginArchive.open(jar, true, mostUnpacked)) {
            for (JarEntry entry : archive.entries()) {
                archive.read(entry, OutputStream.nullOutputStream());
                check(entry);
            }
        } catch (SecurityException e) {
            throw new Refusal("its signature does not hold: " + e.getMessage(), e);
        } catch (IOException e) {
            throw Refusal.ofOpening("it is no readable JAR: " + e.getMessage(), e);
        }
    }

    /** Whether an entry is part of the signatures themselves: it cannot be signed, and no plugin needs it. */
    public static boolean isOfTheSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(JarFile.MANIFEST_NAME) || upper.matches("META-INF/(SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))");
    }

    /**
     * @param entry of a JAR that was opened to be verified, read to its end: only then it has proven signers
     * @throws Refusal when nobody who is trusted has signed it
     */
    public void check(JarEntry entry) throws Refusal {
        if (entry.isDirectory() || isOfTheSignature(entry.getName())) {
            return;
        }
        @Nullable CodeSigner[] found = entry.getCodeSigners();
        if (found == null || found.length == 0) {
            throw new Refusal("its entry " + entry.getName() + " is not signed, and dynamicPlugins.trust is 'signed'");
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
        throw new Refusal(reason);
    }
}
