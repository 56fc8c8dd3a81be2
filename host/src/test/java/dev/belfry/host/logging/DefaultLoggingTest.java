package dev.belfry.host.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The log as an operator reads it. */
class DefaultLoggingTest {

    private static String logged(String message, Throwable failure, Object... arguments) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent("", context.getLogger("access"), Level.INFO, message, failure, arguments);
        return new String(DefaultLogging.encoder(context).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void clientInputCannotForgeLogLines() {
        String logged = logged(
                "request of {} failed",
                new IllegalStateException("no such name: x\r\n2026-01-01 INFO access - forged"),
                "a\n2026-01-01 INFO access - forged\u001b[1A");

        assertThat(logged.lines())
                .noneMatch(line -> line.startsWith("2026-01-01"))
                .anyMatch(line -> line.endsWith("request of a\\n2026-01-01 INFO access - forged\\u001B[1A failed"))
                .contains("java.lang.IllegalStateException: no such name: x\\r\\n2026-01-01 INFO access - forged")
                .anyMatch(line -> line.startsWith("\tat dev.belfry.host.logging.DefaultLoggingTest"));
    }

    @Test
    void passwordsInDriverMessagesAreMasked() {
        String logged = logged(
                "cannot connect to {}",
                new IllegalArgumentException("Unable to parse URL jdbc:postgresql://h/x?user=u&password=hunter22"),
                "postgres://u:hunter22@h/x");

        assertThat(logged).doesNotContain("hunter22").contains("postgres://u:***@h/x", "?user=u&password=***");
    }
}
