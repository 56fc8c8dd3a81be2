package dev.belfry.host.settings;

import dev.belfry.host.tls.CertifiedKey;

/** {@code backend.https}: which certificate the host serves. */
public sealed interface HttpsSettings {

    /** A self-signed one, which the host makes. */
    record SelfSigned() implements HttpsSettings {}

    record Given(CertifiedKey certificate) implements HttpsSettings {}
}
