package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.lifecycle.Refusal;
import io.javalin.util.JavalinBindException;
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
    void aPortInUseNamesTheKey() {
        StringWriter printed = new StringWriter();

        FailureReport.tell(
                new JavalinBindException("Port in use.", new BindException()), new PrintWriter(printed, true));

        assertThat(printed.toString()).contains("Port in use. Or set another port with backend.listen.port");
    }
}
