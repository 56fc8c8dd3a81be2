package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NotificationImportCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsNamedOnceWithTheReason() {
        Path missing = folder.resolve("missing.ndjson");
        StringWriter err = new StringWriter();
        CommandLine line = BelfryCommand.commandLine();
        line.setErr(new PrintWriter(err, true));

        assertThat(line.execute("notifications", "import", missing.toString())).isEqualTo(2);

        assertThat(err.toString().lines().findFirst())
                .hasValue("FILE: " + missing + " cannot be read: it does not exist");
    }
}
