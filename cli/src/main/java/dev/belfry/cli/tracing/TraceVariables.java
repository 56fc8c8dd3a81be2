package dev.belfry.cli.tracing;

import dev.belfry.api.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of OpenTelemetry, such as {@code OTEL_TRACES_EXPORTER}, or the system properties with these names, such as {@code
 * otel.traces.exporter}, which have precedence
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). This class needs none of OpenTelemetry's.
 */
public final class TraceVariables {

    private static final String PREFIX = "OTEL_";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
    private static final List<String> PROTOCOLS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
    private static final Pattern ENDPOINT = Pattern.compile("https?://[^/?#\\s]+\\S*");
    private static final Pattern PROPERTY = Pattern.compile("\\botel(?:\\.[a-z_-]+)+");

    private final Map<String, String> values = new TreeMap<>();

    TraceVariables(Map<String, String> environment, Properties properties) {
        environment.forEach(this::put);
        properties.stringPropertyNames().stream()
                // So that a property with a hyphen replaces the one without.
                .sorted(Comparator.reverseOrder())
                .forEach(name -> put(variable(name), properties.getProperty(name)));
    }

    public static TraceVariables ofProcess() {
        return new TraceVariables(System.getenv(), System.getProperties());
    }

    /** By the specification, an empty variable counts as unset. */
    private void put(String name, String value) {
        if (name.startsWith(PREFIX) && !value.isBlank()) {
            values.put(name, value.strip());
        }
    }

    private static String variable(String property) {
        return property.startsWith("otel.") ? property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") : "";
    }

    /** A message with the names of variables in place of those of properties. */
    static String inVariables(String message) {
        return PROPERTY.matcher(message).replaceAll(found -> variable(found.group()));
    }

    /**
     * Whether spans are to be exported: a variable names an endpoint or an exporter.
     *
     * @throws ConfigurationException if a variable that this class reads has a value that is not supported
     */
    public boolean askForTraces() {
        List<String> faults = new ArrayList<>();
        boolean disabled = isDisabled(faults);
        boolean asked = !disabled
                && !isOff(EXPORTER)
                && (values.containsKey(EXPORTER) || ENDPOINTS.stream().anyMatch(values::containsKey));
        if (asked) {
            checkProtocol(faults);
            ENDPOINTS.stream().filter(values::containsKey).forEach(name -> checkEndpoint(name, faults));
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return asked;
    }

    private boolean isDisabled(List<String> faults) {
        String value = values.getOrDefault(DISABLED, "false").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            faults.add(DISABLED + ": '" + values.get(DISABLED) + "' is neither true nor false");
        }
        return value.equals("true");
    }

    private boolean isOff(String exporter) {
        return "none".equalsIgnoreCase(values.get(exporter));
    }

    private void checkEndpoint(String name, List<String> faults) {
        String value = values.getOrDefault(name, "");
        if (!ENDPOINT.matcher(value).matches()) {
            faults.add(name + ": '" + value + "' is not a URL that begins with http:// or https:// and has a host");
        }
    }

    /** gRPC would need a second HTTP client; every collector that speaks it also accepts HTTP. */
    private void checkProtocol(List<String> faults) {
        PROTOCOLS.stream().filter(values::containsKey).findFirst().ifPresent(name -> {
            if (!"http/protobuf".equals(values.get(name))) {
                faults.add(name + ": '" + values.get(name)
                        + "' is not supported; use http/protobuf, which collectors accept on port 4318");
            }
        });
    }

    /** A line about variables that have no effect, because none asks for traces. */
    public Optional<String> withoutEffect() {
        List<String> names = values.keySet().stream()
                .filter(name -> !name.equals(DISABLED) && !name.equals(EXPORTER))
                .toList();
        boolean deliberate = isOff(EXPORTER) || "true".equalsIgnoreCase(values.get(DISABLED));
        return names.isEmpty() || deliberate || askForTraces()
                ? Optional.empty()
                : Optional.of("traces are off, so these variables have no effect: " + String.join(", ", names)
                        + ". To export traces, set " + ENDPOINTS.getLast());
    }
}
