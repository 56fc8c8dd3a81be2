package dev.belfry.host.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates from PEM. */
public final class PemCertificates {

    private static final String LABEL = "CERTIFICATE";

    private PemCertificates() {}

    /** @return all certificates of the text, in its order; one or more */
    public static List<X509Certificate> in(String text) throws InvalidPem {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.in(text)) {
            if (block.label().equals(LABEL)) {
                certificates.add(certificate(block.content(), certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new InvalidPem("holds no certificate in PEM: a text with the line '-----BEGIN CERTIFICATE-----'."
                    + " Use $file for the content of a file");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(byte[] content, int number) throws InvalidPem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new InvalidPem("is damaged: certificate " + number + " of the text is no X.509 certificate");
        }
    }
}
