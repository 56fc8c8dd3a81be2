package dev.belfry.cli.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.ConfigurationException;
import dev.belfry.cli.BelfryCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which variables turn traces on, and which values are refused. */
class TraceVariablesTest {

    /** It logs why it closes what it has begun. */
    private static final Logger OF_THE_SDK = Logger.getLogger("io.opentelemetry");

    @BeforeAll
    static void silenceTheSdk() {
        OF_THE_SDK.setLevel(Level.OFF);
    }

    /** @param assignments with blanks between; lower case names are system properties */
    private static TraceVariables variables(String assignments) {
        Map<String, String> environment = new HashMap<>();
        Properties properties = new Properties();
        Arrays.stream(assignments.split(" ")).map(text -> text.split("=", 2)).forEach(pair -> {
            if (pair[0].startsWith("otel.")) {
                properties.setProperty(pair[0], pair[1]);
            } else if (pair.length == 2) {
                environment.put(pair[0], pair[1]);
            }
        });
        return new TraceVariables(environment, properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces",
                "OTEL_TRACES_EXPORTER=otlp",
                "otel.traces.exporter=otlp",
                "otel.exporter.otlp.endpoint=http://collector:4318",
                "OTEL_TRACES_EXPORTER=none otel.traces.exporter=otlp",
                "OTEL_SDK_DISABLED=false OTEL_TRACES_EXPORTER=otlp",
                "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_TRACES_EXPORTER=otlp",
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf OTEL_TRACES_EXPORTER=otlp"
            })
    void anEndpointOrAnExporterTurnsTracesOn(String assignments) {
        assertThat(variables(assignments).askForTraces()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PATH=/bin",
                "OTEL_SERVICE_NAME=belfry",
                "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
                "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
                "OTEL_SDK_DISABLED=TRUE OTEL_TRACES_EXPORTER=otlp",
                "OTEL_EXPORTER_OTLP_ENDPOINT=",
                "OTEL_METRICS_EXPORTER=otlp"
            })
    void otherwiseTracesAreOff(String assignments) {
        assertThat(variables(assignments).askForTraces()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_SDK_DISABLED=yes, OTEL_SDK_DISABLED: 'yes' is neither true nor false",
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is not supported; use http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318, OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' is not a URL that begins with http://",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http:///v1/traces, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http:///v1/traces' is not a URL",
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' is not supported"
    })
    void aValueThatIsNotSupportedIsRefused(String assignments, String message) {
        assertThatThrownBy(() -> variables(assignments).askForTraces())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    /** By the SDK, whose words are those of its properties. */
    @ParameterizedTest
    @CsvSource({
        "otel.traces.sampler, sometimes, OTEL_TRACES_SAMPLER",
        "otel.traces.exporter, zipkin, OTEL_TRACES_EXPORTER",
        "otel.propagators, pigeon, OTEL_PROPAGATORS",
        "otel.bsp.schedule.delay, soon, OTEL_BSP_SCHEDULE_DELAY",
        "otel.exporter.otlp.certificate, /no/such/file, /no/such/file",
    })
    void aValueThatTheSdkRefusesIsAFaultThatNamesTheVariable(String property, String value, String message) {
        System.setProperty(property, value);
        try {
            assertThatThrownBy(TraceExport::start)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("OpenTelemetry: ")
                    .hasMessageContaining(message)
                    .hasMessageContaining(value);
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void theCheckOfTheConfigurationFindsThemToo(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("app.yaml"), "backend: { listen: { port: 0 } }");
        StringWriter printed = new StringWriter();
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(printed, true));
        command.setErr(new PrintWriter(printed, true));
        System.setProperty("otel.traces.exporter", "otlp");
        System.setProperty("otel.traces.sampler", "sometimes");
        try {
            assertThat(command.execute("config", "check", "--config", config.toString()))
                    .isEqualTo(1);
        } finally {
            System.clearProperty("otel.traces.exporter");
            System.clearProperty("otel.traces.sampler");
        }

        assertThat(printed.toString()).contains("OTEL_TRACES_SAMPLER: sometimes");
    }

    @Test
    void variablesWithoutEffectAreNamed() {
        assertThat(variables("OTEL_SERVICE_NAME=a OTEL_METRICS_EXPORTER=otlp").withoutEffect())
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("OTEL_METRICS_EXPORTER, OTEL_SERVICE_NAME", "set OTEL_EXPORTER_OTLP_ENDPOINT"));
        assertThat(variables("OTEL_SERVICE_NAME=a OTEL_TRACES_EXPORTER=none").withoutEffect())
                .isEmpty();
        assertThat(variables("OTEL_SERVICE_NAME=a OTEL_SDK_DISABLED=true").withoutEffect())
                .isEmpty();
        assertThat(variables("OTEL_SERVICE_NAME=a OTEL_TRACES_EXPORTER=otlp").withoutEffect())
                .isEmpty();
        assertThat(variables("").withoutEffect()).isEmpty();
    }
}
