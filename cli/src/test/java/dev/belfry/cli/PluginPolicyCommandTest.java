package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PluginPolicyCommandTest extends CommandSuite {

    @Test
    void policyPrintsWhatPluginsSuggestAsAPolicy() throws Exception {
        Path bells = PluginJar.of(ProbePlugin.class, "bells", "1.0.0")
                .file("META-INF/belfry/permissions.json", """
                        [ { "name": "bells.ring", "action": "use", "meaning": "ring one's bell, \\"loud\\"",
                            "suggestedRole": "role:default/authenticated" },
                          { "name": "bells.melt", "action": "delete", "meaning": "melt a bell" } ]""")
                .writeTo(jar.resolveSibling("bells.jar"));

        assertThat(run("plugins", "policy", "--config", config(), bells.toString()))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "# bells 1.0.0",
                        "p, role:default/authenticated, bells.ring, use, allow # ring one's bell, \"loud\"",
                        "# no suggestion: bells.melt, delete # melt a bell");

        Files.writeString(folder.resolve("policy.csv"), out.toString());
        configure("permission: {enabled: true, rbac: {policies-csv-file: policy.csv}}");
        run("config", "check", "--json", "--config", config());
        assertThat(json().at("/faults")).isEmpty();
        assertThat(json().at("/warnings").toString()).doesNotContain("policy.csv", "bells");
    }

    @Test
    void policyPrintsNothingForAFileThatIsNoPlugin() throws Exception {
        Path other = Files.writeString(folder.resolve("other.jar"), "no archive");

        assertThat(run("plugins", "policy", "--config", config(), jar.toString(), other.toString()))
                .isOne();

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("other.jar: ");
    }
}
