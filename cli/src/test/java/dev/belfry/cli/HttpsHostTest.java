package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that call a host with {@code backend.https}. */
@Timeout(120)
class HttpsHostTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int list(RunningHost host, String... configFiles) {
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(new StringWriter(), true));
        command.setErr(new PrintWriter(err, true));
        String[] arguments = new String[4 + 2 * configFiles.length];
        System.arraycopy(new String[] {"plugins", "list", "--url", host.uri("/").toString()}, 0, arguments, 0, 4);
        for (int i = 0; i < configFiles.length; i++) {
            arguments[4 + 2 * i] = "--config";
            arguments[5 + 2 * i] = folder.resolve(configFiles[i]).toString();
        }
        return command.execute(arguments);
    }

    @Tag("soak")
    @Test
    void theSelfSignedCertificateOfTheConfigurationIsTrustedAndNoOther() {
        try (RunningHost host = RunningHost.start(folder, "backend: { https: true }")) {
            assertThat(list(host, "base.yaml", "more.yaml")).as(err.toString()).isZero();

            assertThat(list(host, "base.yaml")).isNotZero();
            assertThat(err.toString()).contains("has no certificate that is trusted here");
        }
    }
}
