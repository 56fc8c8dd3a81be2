package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainCommandTest {

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        return command.execute(arguments);
    }

    @Test
    void trainingStartsAHostAndStopsIt() {
        assertThat(run("train")).isZero();

        assertThat(out.toString()).contains("serving   http://127.0.0.1:");
    }

    @Test
    void trainingHasHelp() {
        assertThat(run("train", "--help")).isZero();

        assertThat(out.toString()).contains("start-up cache", "BELFRY_CACHE");
    }
}
