package dev.belfry.host.settings;

import dev.belfry.host.spelling.ClosestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * The parameters of a URL of PostgreSQL, which mean what they mean to node-postgres (pg-connection-string), where it reads them, and
 * otherwise what they mean to the JDBC driver.
 */
final class PostgresUrlParameters {

    private static final String MODE = "sslmode";
    private static final String SSL = "ssl";
    private static final String LIBPQ = "uselibpqcompat";
    private static final String VERIFIED = "verify-full";

    /** The name of a connection in the server's views, as node-postgres calls it. */
    private static final String APPLICATION = "application_name";

    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", VERIFIED, "no-verify");

    /** node-postgres verifies the certificate and its name in all of these modes. */
    private static final Set<String> VERIFYING = Set.of("prefer", "require", "verify-ca");

    /** A misspelling would cost the protection of the connection. */
    private static final List<String> OF_TLS = List.of(MODE, "sslrootcert", "sslcert", "sslkey", LIBPQ);

    private PostgresUrlParameters() {}

    /** @return the parameters of the driver */
    static Map<String, String> ofDriver(Map<String, String> written) {
        Map<String, String> parameters = new LinkedHashMap<>(written);
        boolean isLibpq = isTrue(parameters.remove(LIBPQ));
        boolean isEncrypted = isTrue(parameters.remove(SSL));
        if (isEncrypted) {
            parameters.putIfAbsent(MODE, VERIFIED);
        }
        if (!isLibpq) {
            parameters.computeIfPresent(MODE, (key, mode) -> VERIFYING.contains(mode) ? VERIFIED : mode);
        }
        Optional.ofNullable(parameters.remove(APPLICATION))
                .ifPresent(name -> parameters.putIfAbsent(PGProperty.APPLICATION_NAME.getName(), name));
        parameters.keySet().removeIf(name -> PGProperty.forName(name) == null);
        return PostgresTls.complete(parameters);
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && (text.equals("1") || text.equalsIgnoreCase("true"));
    }

    /** Whether no one reads the parameter. */
    static boolean isUnknown(String name) {
        return !name.equals(LIBPQ) && !name.equals(APPLICATION) && PGProperty.forName(name) == null;
    }

    /** What is wrong with the mode of TLS. */
    static Optional<String> wrongMode(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(MODE))
                .filter(mode -> !MODES.contains(mode))
                .map(mode -> "unknown " + MODE + " '" + mode + "'; "
                        + ClosestName.of(mode, MODES)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("")
                        + "allowed: " + String.join(", ", MODES));
    }

    /** The parameter of TLS that an unknown one probably is. */
    static Optional<String> misspelled(String name) {
        return ClosestName.of(name, OF_TLS).filter(near -> ClosestName.distance(name, near) <= 1);
    }
}
