package dev.belfry.host.settings;

import dev.belfry.host.config.Booleans;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code connection.ssl}: options of node-postgres, as parameters of the JDBC driver. */
@Ignored({"cert", "host", "key", "servername"})
record PostgresTls(@Default("true") boolean rejectUnauthorized, Optional<String> ca) {

    private static final String MODE = "sslmode";
    private static final String FACTORY = "sslfactory";

    /** @return null = not encrypted */
    @FromText(value = "true, false, or an object", orObject = PostgresTls.class)
    static @Nullable PostgresTls parse(String text) {
        return Booleans.parse(text) ? new PostgresTls(true, Optional.empty()) : null;
    }

    /** The connection is encrypted, and the certificate is checked unless that is disabled. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(MODE, rejectUnauthorized ? "verify-full" : "require");
        ca.filter(certificate -> rejectUnauthorized).ifPresent(certificate -> {
            parameters.put(FACTORY, "org.postgresql.ssl.SingleCertValidatingFactory");
            parameters.put("sslfactoryarg", certificate);
        });
        return complete(parameters);
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
