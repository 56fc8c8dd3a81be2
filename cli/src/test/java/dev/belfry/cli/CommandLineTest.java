package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest extends CommandSuite {

    @ParameterizedTest
    @ValueSource(
            strings = {"plugins list", "plugins inspect", "plugins verify", "plugins sign", "config check", "doctor"})
    void everyCommandHasHelpWithExitCodes(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: belfry " + command, "Exit codes:", "xample");
    }

    @Test
    void shellCompletionIsGenerated() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete", "verify", "doctor");
    }

    @Test
    void theNextCommandOfANewPluginCanBeCopied() throws Exception {
        Path project = folder.resolve("two bells");
        for (String artifact : List.of("belfry-parent", "belfry-bom", "plugin-api", "plugin-testkit", "host")) {
            Files.createDirectories(folder.resolve("maven/dev/belfry/" + artifact));
        }
        System.setProperty("belfry.home", folder.toString());
        try {
            assertThat(run("new-plugin", "two-bells", "--directory", project.toString()))
                    .isZero();
        } finally {
            System.clearProperty("belfry.home");
        }
        assertThat(out.toString()).contains("cd '" + project + "'");
    }
}
