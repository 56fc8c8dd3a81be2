package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Booleans;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.tls.ClientTls;
import dev.belfry.host.tls.InvalidPem;
import dev.belfry.host.tls.PemCertificates;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code connection.ssl}: options of node-postgres, which are the options of Node's TLS. */
@Ignored("host")
record PostgresTls(
        @Default("true") boolean rejectUnauthorized,
        Optional<String> ca,
        Optional<String> cert,
        Optional<Secret> key,
        Optional<String> servername)
        implements Checked {

    private static final String MODE = "sslmode";
    private static final String FACTORY = "sslfactory";

    /** @return null = not encrypted */
    @FromText(value = "true, false, or an object", orObject = PostgresTls.class)
    static @Nullable PostgresTls parse(String text) {
        return Booleans.parse(text)
                ? new PostgresTls(true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                : null;
    }

    @Override
    public void check(Checks checks) {
        ca.ifPresent(text -> {
            try {
                PemCertificates.in(text);
            } catch (InvalidPem e) {
                checks.fault("ca", e.getMessage());
            }
        });
        if (cert.isPresent() && key.isPresent()) {
            KeyPairText.check(checks, cert.get(), key.get());
        } else if (cert.isPresent()) {
            checks.fault("key", "is required with cert, and missing");
        } else if (key.isPresent()) {
            checks.fault("cert", "is required with key, and missing");
        }
    }

    /** Settings that the parameters of the driver cannot express. */
    Optional<ClientTls> settings() {
        return ca.isEmpty() && cert.isEmpty() && servername.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientTls(
                        rejectUnauthorized,
                        authorities(),
                        cert.flatMap(text -> key.map(own -> KeyPairText.read(text, own))),
                        servername));
    }

    /** The text was checked. */
    private List<X509Certificate> authorities() {
        try {
            return ca.isPresent() ? PemCertificates.in(ca.get()) : List.of();
        } catch (InvalidPem e) {
            throw new IllegalStateException("the text was checked before: " + e.getMessage(), e);
        }
    }

    /** The connection is encrypted, and the certificate is checked unless that is disabled. */
    Map<String, String> parameters() {
        if (!rejectUnauthorized) {
            return Map.of(MODE, "require");
        }
        // With a name of its own, the certificate is not compared with the host.
        Map<String, String> parameters = Map.of(MODE, servername.isPresent() ? "verify-ca" : "verify-full");
        return settings().isPresent() ? parameters : complete(parameters);
    }

    /** Without a factory, the driver looks for its own certificate file; use the JVM's trust store instead. */
    static Map<String, String> complete(Map<String, String> parameters) {
        Map<String, String> complete = new LinkedHashMap<>(parameters);
        // A value of node-postgres only.
        complete.computeIfPresent(MODE, (key, mode) -> mode.equals("no-verify") ? "require" : mode);
        boolean verifies = complete.getOrDefault(MODE, "").startsWith("verify-");
        if (verifies && !complete.containsKey(FACTORY) && !complete.containsKey("sslrootcert")) {
            complete.put(FACTORY, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return complete;
    }
}
