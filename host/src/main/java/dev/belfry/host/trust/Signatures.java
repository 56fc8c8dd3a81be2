package dev.belfry.host.trust;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The signatures of JARs that are believed: by one of these certificates, or by one that they vouch for. */
final class Signatures {

    private final Set<X509Certificate> trusted;

    private Signatures(Set<X509Certificate> trusted) {
        this.trusted = trusted;
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

    void check(Path jar) throws Refusal {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            int signed = 0;
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory() && !isOfTheSignature(entry.getName())) {
                    check(file, entry);
                    signed++;
                }
            }
            if (signed == 0) {
                throw new Refusal("it holds nothing that could be signed");
            }
        } catch (SecurityException e) {
            throw new Refusal("its signature does not hold: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refusal("it is no readable JAR: " + e.getMessage(), e);
        }
    }

    private static boolean isOfTheSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("META-INF/MANIFEST.MF") || upper.matches("META-INF/(SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))");
    }

    private void check(JarFile file, JarEntry entry) throws IOException, Refusal {
        try (InputStream in = file.getInputStream(entry)) {
            // Only an entry that has been read to its end has proven signers.
            in.transferTo(OutputStream.nullOutputStream());
        }
        @Nullable CodeSigner[] signers = entry.getCodeSigners();
        if (signers == null || signers.length == 0) {
            throw new Refusal("its entry " + entry.getName() + " is not signed, and dynamicPlugins.trust is 'signed'");
        }
        for (CodeSigner signer : signers) {
            if (signer != null && isTrusted(signer.getSignerCertPath())) {
                return;
            }
        }
        throw new Refusal("it is signed by " + subject(signers[0])
                + ", whom no certificate of dynamicPlugins.certificates vouches for today");
    }

    private static String subject(@Nullable CodeSigner signer) {
        return signer == null
                ? "somebody"
                : ((X509Certificate)
                                signer.getSignerCertPath().getCertificates().getFirst())
                        .getSubjectX500Principal()
                        .getName();
    }

    private boolean isTrusted(CertPath path) {
        try {
            X509Certificate signer = (X509Certificate) path.getCertificates().getFirst();
            if (trusted.contains(signer)) {
                signer.checkValidity();
                return true;
            }
            PKIXParameters parameters = new PKIXParameters(
                    trusted.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
            // Which certificates are withdrawn is said by the file: take them out.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(withoutRoots(path), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A path that brings its root along: the root itself is not validated, it is trusted or not. */
    private CertPath withoutRoots(CertPath path) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertPath(path.getCertificates().stream()
                        .filter(certificate -> !trusted.contains((X509Certificate) certificate))
                        .toList());
    }
}
