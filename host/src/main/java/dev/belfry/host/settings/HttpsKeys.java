package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Booleans;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code backend.https}: true, or an object with a certificate.
 *
 * @param certificate empty = a self-signed one
 */
record HttpsKeys(Optional<Certificate> certificate) implements Checked {

    /** @return null = HTTP without TLS */
    @FromText(value = "true, false, or an object", orObject = HttpsKeys.class)
    static @Nullable HttpsKeys parse(String text) {
        return Booleans.parse(text) ? new HttpsKeys(Optional.empty()) : null;
    }

    /** Backstage no longer reads {@code type}: a certificate that is written is always pem. */
    @Ignored("type")
    record Certificate(String cert, Secret key) implements Checked {
        @Override
        public void check(Checks checks) {
            KeyPairText.check(checks, cert, key);
            KeyPairText.warnOfWeakKey(checks, cert);
        }
    }

    /** Of an object, which without a certificate means nothing to Backstage. */
    @Override
    public void check(Checks checks) {
        if (certificate.isEmpty()) {
            checks.fault("certificate", "is required, and missing; write 'https: true' for a self-signed certificate");
        }
    }

    HttpsSettings settings() {
        return certificate
                .<HttpsSettings>map(given -> new HttpsSettings.Given(KeyPairText.read(given.cert(), given.key())))
                .orElseGet(HttpsSettings.SelfSigned::new);
    }
}
