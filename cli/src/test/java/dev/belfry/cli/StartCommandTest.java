package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCommandTest {

    @Test
    void aCallWithOnlyConfigurationFilesAvoidsPicocli() {
        assertThat(StartCommand.filesOfPlainCall("start"))
                .hasValueSatisfying(files -> assertThat(files).isEmpty());
        assertThat(StartCommand.filesOfPlainCall("start", "--config", "a.yaml", "--config", "b.yaml"))
                .hasValueSatisfying(files -> assertThat(files).containsExactly(Path.of("a.yaml"), Path.of("b.yaml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "start --help",
                "start --config",
                "start --config=a.yaml",
                "start --config --help",
                "start --confg a.yaml",
                "start a.yaml",
                "doctor --config a.yaml"
            })
    void everyOtherCallUsesPicocli(String call) {
        String[] arguments = call.isEmpty() ? new String[0] : call.split(" ", -1);

        assertThat(StartCommand.filesOfPlainCall(arguments)).isEmpty();
    }
}
