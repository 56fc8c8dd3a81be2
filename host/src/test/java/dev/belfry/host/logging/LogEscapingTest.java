package dev.belfry.host.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Untrusted text cannot forge or hide log lines. */
class LogEscapingTest {

    private static String logged(String message, @Nullable Throwable failure) {
        SafePatterns.use();
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%level - %msg%n%ex");
        layout.start();
        return layout.doLayout(new LoggingEvent(
                "", context.getLogger("test"), ch.qos.logback.classic.Level.INFO, message, failure, new Object[0]));
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(logged("a\r\nINFO - forged\u001b[2K\u0000\u0085\u2028\u202Etxt\u2066\tb", null))
                .isEqualTo("INFO - a\\r\\nINFO - forged\\u001B[2K\\u0000\\u0085\\u2028\\u202Etxt\\u2066\\tb"
                        + System.lineSeparator());
    }

    @Test
    void messagesOfAStackTraceAreOneLineEach() {
        IllegalStateException failure =
                new IllegalStateException("outer\nforged", new RuntimeException("inner\r\nforged"));
        failure.addSuppressed(new RuntimeException("beside\nforged"));

        String logged = logged("failed", failure);

        assertThat(logged.lines())
                .contains(
                        "java.lang.IllegalStateException: outer\\nforged",
                        "Caused by: java.lang.RuntimeException: inner\\r\\nforged",
                        "\tSuppressed: java.lang.RuntimeException: beside\\nforged")
                .anyMatch(line -> line.startsWith("\tat dev.belfry.host.logging.LogEscapingTest"))
                .noneMatch(line -> line.startsWith("forged"));
    }

    @Test
    void controlAndBidirectionalCharactersAreEscaped() {
        IntStream.rangeClosed(0, 0xFFFF)
                .filter(letter -> Character.isISOControl(letter)
                        || letter == 0x2028
                        || letter == 0x2029
                        || (letter >= 0x202A && letter <= 0x202E)
                        || (letter >= 0x2066 && letter <= 0x2069))
                .forEach(letter -> assertThat(LogEscaping.of("a" + (char) letter + "b"))
                        .startsWith("a\\")
                        .doesNotContain(String.valueOf((char) letter)));
        assertThat(LogEscaping.of("täxt 文字 \uD83D\uDD14 \\n")).isEqualTo("täxt 文字 \uD83D\uDD14 \\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                postgres://belfry:hunter22@db:5432/x                     | postgres://belfry:***@db:5432/x
                not 'https://u:hunter22@h/jwks.json'                     | not 'https://u:***@h/jwks.json'
                https://u:hun/ter@22@h/x                                 | https://u:***@h/x
                https://u:hun'ter22@h/x                                  | https://u:***@h/x
                https://hunter22@h/x                                     | https://***@h/x
                jdbc:postgresql://h/x?user=u&password=hunter22&ssl=true  | jdbc:postgresql://h/x?user=u&password=***&ssl=true
                jdbc:postgresql://h/x?sslpassword=hunter22               | jdbc:postgresql://h/x?sslpassword=***
                no 'jdbc:x://h?PASSWORD=hunter22'.                       | no 'jdbc:x://h?PASSWORD=***'.
                https://h/x?access_token=hunter22 and https://u:hunter22@h | https://h/x?access_token=*** and https://u:***@h
                not 'https://u:hunter 22@h/x'                            | not 'https://u:***@h/x'
                not 'https://u:1 hunter22@h/x'                           | not 'https://u:***@h/x'
                at index 8: https://u:hunter 22@h/x                      | at index 8: https://u:***@h/x
                https://h/x?key=hunter22&a=b                             | https://h/x?key=***&a=b
                https://h/x?access_key=hunter22                          | https://h/x?access_key=***
                https://h/x?X-Amz-Signature=hunter22                     | https://h/x?X-Amz-Signature=***
                jdbc:x://h;pass=hunter22;a=b                             | jdbc:x://h;pass=***;a=b
                host=h password="hunter 22" user=u                       | host=h password=*** user=u
                https://h/x?pass%77ord=hunter22&a=b                      | https://h/x?pass%77ord=***&a=b
                at 'https://h/x?a=b&%6b%65%79=hunter22'.                 | at 'https://h/x?a=b&%6b%65%79=***'.
                https://h/x?a%20b=c&%zz=d&e=100%                         | https://h/x?a%20b=c&%zz=d&e=100%
                jdbc:oracle:thin:u/hunter22@h:1521/x                     | jdbc:oracle:thin:u/***@h:1521/x
                jdbc:oracle:oci8:u/hun@ter/22@//h/x?a=b                  | jdbc:oracle:oci8:u/***@//h/x?a=b
                no 'jdbc:oracle:thin:u[p]/"hunter 22"@tcps://h:1/x'      | no 'jdbc:oracle:thin:u[p]/***@tcps://h:1/x'
                jdbc:oracle:thin:@//h:1521/x is not for ada@example.com  | jdbc:oracle:thin:@//h:1521/x is not for ada@example.com
                the key=value form, monkey=banana                        | the key=value form, monkey=banana
                https://h:8080/x is not for ada@example.com              | https://h:8080/x is not for ada@example.com
                https://h:8080 is not for ada@example.com                | https://h:8080 is not for ada@example.com
                https://[::1]:80/x is not for ada@example.com            | https://[::1]:80/x is not for ada@example.com
                https://h:8080/x                                         | https://h:8080/x
                ada@example.com https://h/@scope/x                       | ada@example.com https://h/@scope/x
                nothing to hide                                          | nothing to hide
                """)
    void passwordsInUrlsAreMasked(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                not 'https:/u:hunter22@h/x'   | not 'https:***@h/x'
                not 'u:hunter22@h/x'          | not 'u:***@h/x'
                not 'postgres://u:pw@h/x'     | not 'postgres://u:***@h/x'
                not 'ada@example.com'         | not 'ada@example.com'
                """)
    void passwordsInInvalidUrlsAreMaskedInProblems(String fault, String shown) {
        assertThat(Redaction.ofProblem(fault)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a://b:",
                "a://b ",
                " 'a://b:c",
                " a://b:c@",
                "a://@",
                "a://b@c ",
                " token",
                "?",
                "?key",
                "?%61",
                "?%61=%",
                "jdbc:oracle:thin:",
                "jdbc:oracle:thin:u/",
                "jdbc:oracle:thin:u/\"",
                "='",
                "\"a://b:c d "
            })
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void aLongTextIsProcessedInLinearTime(String part) {
        // With quadratic time, this would take many minutes.
        String text = part.repeat(500_000 / part.length());

        assertThat(Redaction.of(text)).isNotEmpty();
        assertThat(Redaction.ofProblem(text)).isNotEmpty();
    }
}
