package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.trust.PluginTrust;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PluginInspectCommandTest extends CommandSuite {

    @Test
    void inspectShowsTheContentOfAJar() throws Exception {
        assertThat(run("plugins", "inspect", "--config", config(), jar.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("plugin        probe 1.2.0")
                .contains("provider      none")
                .contains("description   Does everything")
                .contains("depends on    tower?@>=1.0.0")
                .contains("migrations    db/sqlite")
                .contains("OpenAPI       openapi.yaml")
                .contains("config schema yes")
                .contains("signature     no")
                .contains("entry         {package: probe.jar, integrity: " + PluginTrust.integrityOf(jar) + "}")
                .contains("a host would accept it");

        assertThat(run("plugins", "inspect", "--json", "--config", config(), jar.toString()))
                .isZero();
        assertThat(json().at("/report/plugin/id").asText()).isEqualTo("probe");
        assertThat(json().at("/content/migrations/0").asText()).isEqualTo("db/sqlite");
    }

    @Test
    void aMissingJarIsReported() {
        assertThat(run("plugins", "inspect", "--config", config(), folder + "/none.jar"))
                .isOne();
        assertThat(err.toString()).contains("none.jar");
        assertThat(run("plugins", "verify")).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoJarIsRefusedInPlainWords() throws Exception {
        Files.writeString(jar, "no JAR");
        String reason = "it is not a readable JAR: it is another kind of file, or incomplete";

        assertThat(run("plugins", "inspect", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("a host would refuse it:", reason).doesNotContain("integrity");
        assertThat(run("plugins", "entries", folder.resolve("plugins").toString()))
                .isOne();
        assertThat(err.toString()).contains("probe.jar: " + reason, "Nothing was written");
        assertThat(out.toString()).isEmpty();
    }
}
