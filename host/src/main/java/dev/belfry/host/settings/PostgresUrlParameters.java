package dev.belfry.host.settings;

import dev.belfry.host.config.Booleans;
import dev.belfry.host.spelling.ClosestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** A value of node-postgres only. */
    private static final String UNVERIFIED = "no-verify";

    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", VERIFIED, UNVERIFIED);

    /** node-postgres verifies the certificate and its name in all of these modes. */
    private static final Set<String> VERIFYING = Set.of("prefer", "require", "verify-ca");

    /** A misspelling would cost the protection of the connection. */
    private static final List<String> OF_TLS = List.of(SSL, MODE, "sslrootcert", "sslcert", "sslkey", LIBPQ);

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

    private PostgresUrlParameters() {}

    /** @return the parameters of the driver; the values were checked */
    static Map<String, String> ofDriver(Map<String, String> written) {
        Map<String, String> parameters = new LinkedHashMap<>(written);
        boolean isLibpq = isTrue(parameters.remove(LIBPQ));
        @Nullable String ssl = parameters.remove(SSL);
        if (UNVERIFIED.equals(ssl)) {
            parameters.putIfAbsent(MODE, UNVERIFIED);
        } else if (isTrue(ssl)) {
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
        return text != null && Booleans.parse(text);
    }

    /** Whether no one reads the parameter. */
    static boolean isUnknown(String name) {
        return !name.equals(LIBPQ) && !name.equals(APPLICATION) && PGProperty.forName(name) == null;
    }

    /** The faults of values that the driver would ignore, or name only when it connects. */
    static Stream<String> wrongValues(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .flatMap(parameter -> wrongValue(parameter.getKey(), parameter.getValue()).stream());
    }

    private static Optional<String> wrongValue(String name, String value) {
        return switch (name) {
            case MODE -> notOneOf(MODES, name, value);
            case SSL -> UNVERIFIED.equals(value) ? Optional.empty() : notABoolean(name, value);
            case LIBPQ -> notABoolean(name, value);
            default -> Optional.ofNullable(PGProperty.forName(name)).flatMap(property -> wrongValue(property, value));
        };
    }

    /** The driver declares no types, but the default value shows the type. */
    private static Optional<String> wrongValue(PGProperty property, String value) {
        String name = property.getName();
        String byDefault = Objects.requireNonNullElse(property.getDefaultValue(), "");
        if (byDefault.equals("true") || byDefault.equals("false")) {
            return notOneOf(List.of("true", "false"), name, value);
        }
        if (WHOLE_NUMBER.matcher(byDefault).matches()) {
            return WHOLE_NUMBER.matcher(value).matches()
                    ? Optional.empty()
                    : Optional.of("the parameter " + name + " must be a whole number, not '" + value + "'");
        }
        return property.getChoices() == null || property == PGProperty.REQUIRE_AUTH
                ? Optional.empty()
                : notOneOf(List.of(property.getChoices()), name, value);
    }

    private static Optional<String> notABoolean(String name, String value) {
        try {
            Booleans.parse(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("the parameter " + name + " must be true or false, not '" + value + "'");
        }
    }

    private static Optional<String> notOneOf(List<String> allowed, String name, String value) {
        return allowed.stream().anyMatch(value::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("unknown " + name + " '" + value + "'; "
                        + ClosestName.of(value, allowed)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("")
                        + "allowed: " + String.join(", ", allowed));
    }

    /** The parameter of TLS that an unknown one probably is. */
    static Optional<String> misspelled(String name) {
        return name.equalsIgnoreCase("tls")
                ? Optional.of(SSL)
                : ClosestName.of(name, OF_TLS).filter(near -> ClosestName.distance(name, near) <= 1);
    }
}
