package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** TLS settings for PostgreSQL: maps node-postgres options to parameters of the JDBC driver. */
final class PostgresTls {

    private static final String MODE = "sslmode";
    private static final String FACTORY = "sslfactory";

    private PostgresTls() {}

    /** {@code ssl: true}, or an object: encrypted, with the server's certificate checked unless disabled. */
    static Map<String, String> read(Section connection) {
        if (!(connection.peek("ssl") instanceof Value.Tree)) {
            return connection.flag("ssl").orElse(false) ? complete(Map.of(MODE, "verify-full")) : Map.of();
        }
        try (Section ssl = connection.section("ssl")) {
            boolean checked = ssl.flag("rejectUnauthorized").orElse(true);
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put(MODE, checked ? "verify-full" : "require");
            ssl.text("ca").filter(certificate -> checked).ifPresent(certificate -> {
                parameters.put(FACTORY, "org.postgresql.ssl.SingleCertValidatingFactory");
                parameters.put("sslfactoryarg", certificate);
            });
            ssl.ignore("cert", "host", "key", "servername");
            return complete(parameters);
        }
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
