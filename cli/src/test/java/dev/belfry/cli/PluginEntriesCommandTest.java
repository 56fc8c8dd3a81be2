package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PluginEntriesCommandTest extends CommandSuite {

    @Test
    void entriesWritesAListThatTheHostReads() throws Exception {
        Path list = folder.resolve("dynamic-plugins.yaml");
        assertThat(run("plugins", "entries", drop(), "--output", list.toString()))
                .isZero();

        configure("dynamicPlugins: {rootDirectory: plugins, trust: listed, file: dynamic-plugins.yaml}");
        assertThat(run("plugins", "verify", "--config", config(), jar.toString()))
                .isZero();
    }

    @Test
    void entriesFailsForAnUnreadableFolder() throws Exception {
        Path list = folder.resolve("list.yaml");
        assertThat(run("plugins", "entries", folder + "/nowhere", "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains("there is no such file: " + folder + "/nowhere");
        assertThat(run("plugins", "entries", jar.toString(), "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains(jar + " cannot be used: it is not a folder");
        Path odd = Files.createDirectory(jar.resolveSibling("odd.jar"));
        assertThat(run("plugins", "entries", drop(), "--output", list.toString()))
                .isOne();
        assertThat(err.toString()).contains(odd + ": it cannot be read: it is a folder, not a file");
        assertThat(list).doesNotExist();

        configure("dynamicPlugins: {rootDirectory: " + jar + "}");
        assertThat(run("config", "check", "--config", config())).isOne();
        assertThat(out.toString()).contains("dynamicPlugins.rootDirectory: " + jar + ": it is not a folder");
    }
}
