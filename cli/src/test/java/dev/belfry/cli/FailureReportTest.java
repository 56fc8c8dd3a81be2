package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.lifecycle.Refusal;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                        "The host cannot listen: another process uses the port. Set another port with backend.listen.port, or with"
                                + " APP_CONFIG_backend_listen_port in the environment\n");
        assertThat(toldOf("Cannot assign requested address"))
                .isEqualTo("The host cannot listen: this machine does not have the address of backend.listen.host\n");
        assertThat(toldOf("Permission denied"))
                .startsWith("The host cannot listen: Permission denied. Set another port");
    }

    private static String toldOf(String cause) {
        StringWriter printed = new StringWriter();
        FailureReport.tell(
                new JavalinBindException("Javalin's words", new IOException("Jetty's words", new BindException(cause))),
                new PrintWriter(printed, true));
        return printed.toString();
    }
}
