package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.lifecycle.Refusal;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class FailureReportTest {

    private static final String TEXT = "a\u001b[2J of postgres://u:hunter22@h/x";

    static Stream<Exception> failures() {
        return Stream.of(
                new HostClient.RequestFailed(TEXT),
                new Refusal(TEXT),
                new NoSuchFileException(TEXT),
                new AccessDeniedException("a\u001b[2J of postgres:"),
                new IllegalStateException(TEXT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reasonsAreEscapedAndPasswordsMasked(Exception failure) {
        StringWriter printed = new StringWriter();

        FailureReport.tell(failure, new PrintWriter(printed, true));

        assertThat(printed.toString()).contains("a\\u001B[2J of postgres:").doesNotContain("\u001b", "hunter22");
    }

    @Test
    void aFailureToListenSaysWhatToDo() {
        assertThat(toldOf("Address already in use"))
                .isEqualTo(
                        "127.0.0.1:7007 cannot be listened on: another process uses the port. Set another port with backend.listen.port, or with"
                                + " APP_CONFIG_backend_listen_port in the environment\n");
        assertThat(toldOf("Permission denied"))
                .startsWith("127.0.0.1:7007 cannot be listened on: Permission denied. Set another port");
    }

    @Test
    void theHostNamesTheAddressThatItCannotListenOnAndACommandItsOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StringWriter printed = new StringWriter();
            CommandLine line = BelfryCommand.commandLine();
            line.setErr(new PrintWriter(printed, true));

            assertThat(line.execute("demo", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(1);
            assertThat(printed.toString())
                    .contains("127.0.0.1:" + taken.getLocalPort()
                            + " cannot be listened on: another process uses the port. Set another port with --port");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // An address of documentation, which no machine has (RFC 5737), and a name that no server knows (RFC 2606).
        "203.0.113.9, this machine does not have the address '203.0.113.9'",
        "nowhere.invalid, the host 'nowhere.invalid' is unknown"
    })
    void anAddressOfAnotherMachineIsNamedWithFileAndLine(String host, String rule, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("app.yaml"), """
                belfry: {dataDirectory: data}
                backend:
                  listen: {host: %s, port: 7188}
                """.formatted(host));
        String fault = file + ":3: backend.listen: " + rule;
        for (String command : List.of("start", "doctor")) {
            StringWriter printed = new StringWriter();
            CommandLine line = BelfryCommand.commandLine();
            line.setErr(new PrintWriter(printed, true));
            line.setOut(new PrintWriter(printed, true));

            assertThat(line.execute(command, "--config", file.toString())).isEqualTo(1);
            assertThat(printed.toString()).containsOnlyOnce(fault).doesNotContain("cannot be listened on");
        }
    }

    private static String toldOf(String cause) {
        StringWriter printed = new StringWriter();
        FailureReport.tell(
                new JavalinBindException(
                        "127.0.0.1:7007 cannot be listened on",
                        new IOException("Jetty's words", new BindException(cause))),
                new PrintWriter(printed, true));
        return printed.toString();
    }
}
