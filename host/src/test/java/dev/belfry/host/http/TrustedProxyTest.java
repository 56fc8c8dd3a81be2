package dev.belfry.host.http;

import static dev.belfry.host.http.CrossSiteProtectionTest.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code backend.trustProxy}: forwarded headers of trusted proxies. */
class TrustedProxyTest {

    @TempDir
    private Path folder;

    private static String caller(RunningHost host, String forwardedFor) throws Exception {
        return answer(
                host,
                "GET",
                "/api/probe/caller",
                "Host: localhost",
                "X-Forwarded-For: " + forwardedFor,
                "X-Forwarded-Proto: https");
    }

    private RunningHost start(String trustProxy) {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        return RunningHost.start(folder, "backend: { trustProxy: " + trustProxy + " }", "belfry: { accessLog: true }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                false                | 192.0.2.1                        | 127.0.0.1
                0                    | 192.0.2.1                        | 127.0.0.1
                true                 | 192.0.2.1, 10.0.0.2              | 192.0.2.1
                1                    | 192.0.2.1, 10.0.0.2              | 10.0.0.2
                2                    | 192.0.2.1, 10.0.0.2              | 192.0.2.1
                9                    | 192.0.2.1                        | 192.0.2.1
                loopback             | 192.0.2.1, 10.0.0.2              | 10.0.0.2
                '[loopback, uniquelocal]' | 192.0.2.1, 10.0.0.2           | 192.0.2.1
                '[127.0.0.0/8, 10.0.0.0/30]' | 198.51.100.7, 192.0.2.1, 10.0.0.2 | 192.0.2.1
                '[127.0.0.0/8, 10.0.0.0/31]' | 192.0.2.1, 10.0.0.2      | 10.0.0.2
                10.0.0.2             | 192.0.2.1                        | 127.0.0.1
                loopback             | 192.0.2.1:4711                   | 192.0.2.1
                loopback             | [2001:db8::1]:4711               | 2001:db8:0:0:0:0:0:1
                loopback             | 192.0.2.1, garbage               | 127.0.0.1
                true                 | ''                               | 127.0.0.1
                """)
    void theClientIsTheLastAddressThatIsNotATrustedProxy(String trusted, String forwarded, String client)
            throws Exception {
        CapturedLog log = CapturedLog.ofInfo("access");
        try (RunningHost host = start(trusted)) {
            answer(host, "GET", "/api/probe/text", "Host: localhost", "X-Forwarded-For: " + forwarded);

            await().untilAsserted(() -> assertThat(log.messages())
                    .anyMatch(line -> line.replace("[", "").replace("]", "").startsWith(client + " ")
                            && line.contains("/api/probe/text")));
        }
    }

    @Test
    void throughATrustedProxyOnlyClientsOnThisMachineAreTheGuest() throws Exception {
        try (RunningHost host = start("loopback")) {
            assertThat(caller(host, "127.0.0.1")).contains("user:default/guest");
            assertThat(caller(host, "192.0.2.1")).startsWith("HTTP/1.1 401").contains("another machine");
            // The address that a client adds itself does not count.
            assertThat(caller(host, "127.0.0.1, 192.0.2.1")).startsWith("HTTP/1.1 401");
            assertThat(answer(host, "GET", "/api/probe/caller", "Host: localhost", "X-Forwarded-Host: evil.example"))
                    .startsWith("HTTP/1.1 421");
        }
    }
}
