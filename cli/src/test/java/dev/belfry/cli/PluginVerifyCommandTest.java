package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.host.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PluginVerifyCommandTest extends CommandSuite {

    /** Uses a class of the tests' own library. */
    public static final class LibraryPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.logger().info("{}", new CommandLine(this));
        }
    }

    @Test
    void verifyNamesAMissingClassAndTheClassThatRefersToIt() {
        Path incomplete = PluginJar.of(LibraryPlugin.class, "library", "1.0.0").writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), incomplete.toString()))
                .isOne();

        assertThat(out.toString())
                .contains(
                        "library.jar: a host would accept it, but parts of it would fail:",
                        "its class dev.belfry.cli.PluginVerifyCommandTest$LibraryPlugin refers to picocli.CommandLine, which is"
                                + " neither in the JAR nor visible to plugins");
    }

    @Test
    void verifyDoesNotAccuseAPluginOfClassesThatADependencyMayExport() {
        Path dependent = PluginJar.of(LibraryPlugin.class, "library", "1.0.0")
                .attribute("Plugin-Dependencies", "tower")
                .writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), dependent.toString()))
                .isZero();

        assertThat(out.toString()).contains("not checked: its class", "not checked: no JAR of tower is in");
    }

    @Test
    void verifyRefusesAMissingPluginClass() {
        Path empty = PluginJar.of(LibraryPlugin.class, "library", "1.0.0")
                .service("org.example.NoSuchPlugin")
                .writeTo(folder.resolve("library.jar"));

        assertThat(run("plugins", "verify", "--config", config(), empty.toString()))
                .isOne();

        assertThat(out.toString()).contains("names org.example.NoSuchPlugin, which does not exist");
    }

    @Test
    void verifySaysThatAFileDoesNotExist() {
        Path missing = folder.resolve("target/no-such.jar");

        assertThat(run("plugins", "verify", "--config", config(), missing.toString()))
                .isOne();
        assertThat(out.toString()).contains("there is no file " + missing);
    }

    @Test
    void verifyRefusesFilesThatAHostRefuses() throws Exception {
        assertThat(run("plugins", "verify", "--config", config(), folder.toString()))
                .isOne();
        assertThat(out.toString()).contains("names end in .jar");
        Path another = Files.createDirectory(folder.resolve("another.jar"));
        assertThat(run("plugins", "verify", "--config", config(), another.toString()))
                .isOne();
        assertThat(out.toString()).contains("it is a folder, not a file");

        probe().file("some/Thing.class/", "code").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("is named like a folder, but has content");
        probe().attribute("Class-Path", "lib/other.jar").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("its manifest has the attribute Class-Path (lib/other.jar)");
        probe().writeTo(jar);
        configure("dynamicPlugins: {rootDirectory: plugins, maxSize: 100}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("the maximum is 100 (dynamicPlugins.maxSize)");
    }

    @Test
    void verifyReportsWhatAHostWouldReport() throws Exception {
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isZero();
        assertThat(out.toString()).contains("probe.jar: a host would accept it");

        probe().attribute("Plugin-Requires", ">=7.0.0").writeTo(jar);
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("a host would refuse it:", "it requires plugin API >=7.0.0");

        probe().writeTo(jar);
        configure("probe: {tone: shrill}");
        assertThat(run("plugins", "verify", "--json", "--config", config(), jar.toString()))
                .isOne();
        assertThat(json().at("/0/faults/0").asText())
                .contains("app.yaml:3: probe.tone: must be one of low, high, not 'shrill'");

        configure("dynamicPlugins: {rootDirectory: plugins, trust: listed}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isOne();
        assertThat(out.toString()).contains("it is not listed in dynamicPlugins.plugins");
    }
}
