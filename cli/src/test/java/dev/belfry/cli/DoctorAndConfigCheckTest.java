package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What both commands say about a configuration and its plugins. */
class DoctorAndConfigCheckTest extends CommandSuite {

    @Test
    void configCheckValidatesTheConfigurationWithoutAStart() throws Exception {
        assertThat(run("config", "check", "--config", config())).isZero();
        assertThat(out.toString()).contains("is without fault");

        configure("probe: {tone: shrill}\nnobody: {a: 1}");
        assertThat(run("config", "check", "--json", "--config", config())).isOne();
        assertThat(json().at("/faults/0").asText()).contains("probe.jar: ", "probe.tone: must be one of low, high");
        assertThat(json().at("/ignored/0").asText()).isEqualTo("nobody");
        assertThat(Files.exists(folder.resolve("data"))).isFalse();

        configure("backned: {listen: 1}\npermission: {enabled: perhaps}");
        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString())
                .contains("backned: unknown section; did you mean 'backend'?", "permission.enabled: must be a boolean");
    }

    /** The host's own permissions, and permissions of JARs, with a description or without. */
    @Test
    void checkAndDoctorNameThePermissionsThatNobodyDeclares() throws Exception {
        PluginJar.of(ProbePlugin.class, "bells", "1.0.0")
                .file(
                        "META-INF/belfry/permissions.json",
                        "[{\"name\": \"bells.create\", \"action\": \"create\", \"meaning\": \"cast a bell\"}]")
                .writeTo(jar.resolveSibling("bells.jar"));
        Files.writeString(folder.resolve("policy.csv"), """
                p, role:default/authenticated, bells.craete, create, deny
                p, role:default/authenticated, bells.create, read, allow
                p, role:default/authenticated, bells.create, create, allow
                p, role:default/authenticated, host.plugin.read, read, allow
                p, role:default/authenticated, catalog.entity.read, read, allow
                p, role:default/authenticated, catalog.entity.create, create, allow
                p, role:default/authenticated, probe.secret, read, allow
                """);
        configure("""
                auth: {providers: {guest: {}}}
                permission:
                  enabled: true
                  rbac:
                    policies-csv-file: policy.csv
                    defaultPermissions:
                      defaultRole: role:default/basic
                      basicPermissions:
                        - {permission: bells.create}
                catalog: {locations: [{target: org.yaml}]}
                """);
        Files.writeString(folder.resolve("org.yaml"), "kind: User\nmetadata: {name: guest}\n");
        String[] expected = {
            folder
                    + "/policy.csv:1: no plugin declares the permission 'bells.craete' (did you mean 'bells.create'?). Until it"
                    + " is corrected, the line denies bells.create (create)",
            folder
                    + "/policy.csv:2: the permission 'bells.create' has no action 'read'; it has create. The line has no effect",
            folder
                    + "/policy.csv:4: no plugin declares the permission 'host.plugin.read' (did you mean 'host.plugins.read'?)."
                    + " The line has no effect",
            config()
                    + ":11: permission.rbac.defaultPermissions: the permission 'bells.create' has no action 'use'; it has"
                    + " create. The line has no effect",
            "the permissions of the plugin 'probe' are known only when it runs, so the lines of the policy with probe.secret"
                    + " are not checked: its JAR has no META-INF/belfry/permissions.json"
        };

        assertThat(run("config", "check", "--json", "--config", config())).isZero();
        assertThat(json().at("/warnings")).extracting(JsonNode::asText).containsExactlyInAnyOrder(expected);
        run("doctor", "--config", config());
        assertThat(out.toString().lines().filter(line -> line.startsWith("WARN")))
                .containsExactlyInAnyOrder(Stream.of(expected)
                        .map(warning -> "WARN  configuration: " + warning)
                        .toArray(String[]::new));

        assertThat(run(
                        "plugins",
                        "inspect",
                        "--config",
                        config(),
                        jar.resolveSibling("bells.jar").toString()))
                .isZero();
        assertThat(out.toString()).contains("permission    bells.create, create: cast a bell");
    }

    @Test
    void doctorAndConfigCheckReportThatThereIsNoPlugin() throws Exception {
        Files.move(jar, jar.resolveSibling("probe.jar.part"));
        String none = "the folder " + drop() + " has no plugin: probe.jar.part is not a plugin";
        assertThat(run("doctor", "--config", config())).isZero();
        assertThat(out.toString()).contains("WARN  configuration: the host has no plugin: " + none);
        assertThat(run("config", "check", "--config", config())).isZero();
        assertThat(out.toString()).contains("WARN the host has no plugin: " + none);
    }

    /** A record with rules that a schema cannot say. */
    public record ProbeConfig(List<Bell> bells) {

        /** A range. */
        public record Bell(int from, int to) {
            public Bell {
                if (from > to) {
                    throw new IllegalArgumentException("from must be at most to, not " + from);
                }
            }
        }
    }

    private static PluginJar withRecord(String name) {
        return probe().classes(ProbeConfig.class)
                .file("META-INF/belfry/config.schema.json", "{\"x-record\":\"" + name + "\"}");
    }

    @Test
    void theRulesOfTheRecordThatTheSchemaNamesAreChecked() {
        withRecord(ProbeConfig.class.getName()).writeTo(jar);
        configure("probe:\n  bells:\n    - {from: 1, to: 2}\n    - {from: 5, to: 4}\n");
        String fault = "app.yaml:6: probe.bells[1]: from must be at most to, not 5";

        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains(fault);
        assertThat(run("doctor", "--config", config())).isOne();
        assertThat(out.toString()).contains(fault);

        configure("probe: {bells: [{from: 1, to: 2}]}");
        assertThat(run("config", "check", "--config", config())).isZero();
    }

    @Test
    void aSchemaThatNamesNoRecordOfTheJarIsAFault() {
        withRecord("org.example.Missing").writeTo(jar);

        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains("x-record: 'org.example.Missing' is not a record of this JAR");
    }
}
