package dev.belfry.host.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.Secret;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations are validated against the plugin's schema before the plugin starts. */
class ConfigSchemaTest {

    private static final String SCHEMA = """
            { "type": "object", "additionalProperties": false, "required": ["weight"],
              "properties": {
                "weight": { "type": "integer", "minimum": 1 },
                "tone": { "enum": ["low", "high"] },
                "password": { "type": "string", "minLength": 12 },
                "ropes": { "type": "array", "maxItems": 2,
                           "items": { "type": "object", "properties": { "length": { "type": "number" } } } } } }
            """;

    /** Must not start with an invalid configuration. */
    public static final class BellPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            System.setProperty("belfry.test.started", "true");
        }
    }

    /** Binds a record, and has no schema of its own. */
    public static final class RopePlugin implements Plugin {

        public record Rope(String colour, @Nullable Secret password, List<Integer> lengths) {}

        @Override
        public void start(PluginContext context) {
            context.config(Rope.class);
        }
    }

    @TempDir
    private Path folder;

    private PluginStatus started(String schema, String config) {
        System.clearProperty("belfry.test.started");
        PluginJar.of(BellPlugin.class, "bell", "1.0.0")
                .file("META-INF/belfry/config.schema.json", schema)
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        try (RunningHost host = RunningHost.start(folder, config)) {
            return host.plugin("bell");
        }
    }

    private String refusal(String schema, String config) {
        PluginStatus bell = started(schema, config);
        assertThat(bell.state()).isEqualTo(State.FAILED);
        assertThat(System.getProperty("belfry.test.started")).isNull();
        return bell.reason().orElseThrow();
    }

    @Test
    void aValidConfigurationStarts() {
        PluginStatus bell = started(SCHEMA, "bell: { weight: 7, tone: low, ropes: [ { length: 2.5 } ] }");

        assertThat(bell.reason()).isEmpty();
        assertThat(bell.state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aStringFromTheEnvironmentIsAcceptedAsANumber() {
        assertThat(started(SCHEMA, "bell: { weight: \"7\" }").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aNumberIsAcceptedAsAString() {
        assertThat(started(SCHEMA, "bell: { weight: 7, password: 123456789012 }")
                        .state())
                .isEqualTo(State.RUNNING);
        assertThat(refusal(SCHEMA, "bell: { weight: 7, password: 5 }")).contains("must have at least 12 characters");
    }

    @Test
    void everyProblemIsReportedWithFileLinePathAndRule() {
        assertThat(refusal(SCHEMA, """
                        bell:
                          wieght: 7
                          tone: shrill
                          ropes:
                            - length: long
                        """))
                .contains(
                        "more.yaml:2: bell.wieght: unknown key; did you mean 'weight'? allowed: password, ropes, tone, weight")
                .contains("more.yaml:1: bell.weight: is required, and missing")
                .contains("more.yaml:3: bell.tone: must be one of low, high, not 'shrill'")
                .contains("more.yaml:5: bell.ropes[0].length: must be a number, not 'long'");
    }

    @Test
    void messagesContainLimitsAndNoSecrets() {
        assertThat(refusal(SCHEMA, """
                        bell:
                          weight: 0
                          password: hunter2
                          ropes: [ {}, {}, {} ]
                        """))
                .contains("more.yaml:2: bell.weight: must be at least 1, not '0'")
                .contains("more.yaml:3: bell.password: must have at least 12 characters, not a string")
                .contains("more.yaml:4: bell.ropes: must have at most 2 entries, not an array")
                .doesNotContain("hunter2");
    }

    record Intervals(Duration required, @Nullable Duration optional) {}

    @Test
    void theSchemaOfARecordAcceptsEveryFormOfADurationThatTheBindingAccepts() {
        ConfigSchema schema = ConfigSchema.of(Intervals.class);

        assertThat(schema.violations(Map.of("required", Map.of("minutes", 30), "optional", false)))
                .isEmpty();
        assertThat(schema.violations(Map.of("required", "90d", "optional", Map.of("days", 1))))
                .isEmpty();
        assertThat(schema.violations(Map.of("required", false))).hasSize(1);
    }

    /** As the binding to a record does. */
    @Test
    void aDurationMayHaveEveryFormThatTheBindingAccepts() {
        String schema = """
                { "properties": { "ring": { "type": ["string", "object"], "format": "duration" },
                                  "rest": { "type": "string", "format": "duration" } } }
                """;

        assertThat(started(schema, "bell: { ring: 90d, rest: P1Y }").state()).isEqualTo(State.RUNNING);
        assertThat(started(schema, "bell: { ring: { days: 30 }, rest: PT36H }").state())
                .isEqualTo(State.RUNNING);
        assertThat(refusal(schema, "bell: { ring: soon, rest: 7 fortnights }"))
                .contains("bell.ring: must be a duration such as PT10S, 10s or {seconds: 10}, not 'soon'")
                .contains("bell.rest: must be a duration such as PT10S, 10s or {seconds: 10}, not '7 fortnights'");
    }

    @Test
    void aMissingSectionIsValidated() {
        assertThat(refusal(SCHEMA, ""))
                .contains("the configuration has no section 'bell': bell.weight: is required, and missing");
    }

    @Test
    void anInvalidSchemaIsRefused() {
        CapturedLog log = CapturedLog.of("dev.belfry.host.lifecycle.FailureLog");
        assertThat(refusal("{ \"type\": ", ""))
                .isEqualTo("META-INF/belfry/config.schema.json is not valid JSON: see line 1, column 11");
        assertThat(log.stackTraces()).isZero();
        assertThat(refusal("[]", "")).contains("META-INF/belfry/config.schema.json is not a JSON Schema");
        assertThat(refusal("{ \"type\": \"strnig\" }", ""))
                .contains("META-INF/belfry/config.schema.json is not a JSON Schema");
    }

    @Test
    void remoteReferencesOfASchemaAreNotFetched() {
        assertThat(refusal("{ \"$ref\": \"http://127.0.0.1:1/schema.json\" }", ""))
                .contains("META-INF/belfry/config.schema.json is not a usable JSON Schema");
    }

    @Test
    void theSchemaIsShownToOperators() {
        PluginJar.of(BellPlugin.class, "bell", "1.0.0")
                .file("META-INF/belfry/config.schema.json", SCHEMA)
                .writeTo(RunningHost.dropFolder(folder).resolve("bell.jar"));
        try (RunningHost host = RunningHost.start(folder, "bell: { weight: 1 }")) {
            assertThat(host.get("/api/host/plugins/bell").body())
                    .contains("\"configSchema\":{\"type\":\"object\"", "\"enum\":[\"low\",\"high\"]");
        }
    }

    private RunningHost withRope(PluginJar rope) {
        rope.writeTo(RunningHost.dropFolder(folder).resolve("rope.jar"));
        return RunningHost.start(folder, "rope: { colour: red }");
    }

    @Test
    void aSchemaIsDerivedFromTheRecord() {
        try (RunningHost host = withRope(PluginJar.of(RopePlugin.class, "rope", "1.0.0"))) {
            assertThat(host.get("/api/host/plugins/rope").body())
                    .contains(
                            "\"configSchema\":{\"$schema\":",
                            "\"colour\":{\"type\":\"string\"}",
                            "\"password\":{\"type\":\"string\",\"writeOnly\":true}",
                            "\"required\":[\"colour\"]");
        }
    }

    @Test
    void aSchemaInTheJarWins() {
        PluginJar rope = PluginJar.of(RopePlugin.class, "rope", "1.0.0")
                .file("META-INF/belfry/config.schema.json", "{ \"description\": \"by hand\" }");
        try (RunningHost host = withRope(rope)) {
            assertThat(host.plugin("rope").state()).isEqualTo(State.RUNNING);
            assertThat(host.get("/api/host/plugins/rope").body())
                    .contains("\"configSchema\":{\"description\":\"by hand\"}");
        }
    }

    /** The validator accepts it as a schema, and it accepts what the binder accepts. */
    @Test
    void aDerivedSchemaIsAJsonSchema() {
        ConfigSchema schema = ConfigSchema.of(RopePlugin.Rope.class);

        assertThat(schema.keys()).containsExactlyInAnyOrder("colour", "password", "lengths");
        assertThat(schema.violations(Map.of("colour", "red", "lengths", List.of(1))))
                .isEmpty();
        assertThat(schema.violations(Map.of("lengths", List.of("long"), "weight", 1)))
                .hasSize(3);
    }
}
