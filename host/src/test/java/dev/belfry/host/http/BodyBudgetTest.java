package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.settings.ClientSettings;
import dev.belfry.host.settings.LimitSettings;
import dev.belfry.host.settings.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bodies of requests in progress use a bounded part of the heap. */
class BodyBudgetTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String POST = "POST /api/probe/notes HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: " + MEBIBYTE + "\r\n\r\n";

    @TempDir
    private Path folder;

    private static long mostOfOneCaller() {
        LimitSettings limits = new LimitSettings(
                1,
                1,
                Duration.ZERO,
                new ClientSettings(1, LIMIT, LIMIT, 1, 1, 1, LIMIT, 0, Set.of()),
                new StreamSettings(1, 1, 1, LIMIT, LIMIT, LIMIT));
        return ClientBudgets.of(limits, Runtime.getRuntime().maxMemory())
                        .bodies()
                        .total()
                / 2;
    }

    @Test
    void aCallerWhoseUnfinishedBodiesUseItsPartGets429() throws Exception {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        List<RawConnection> clients = new ArrayList<>();
        try (RunningHost host = RunningHost.start(folder, "belfry: { limits: { patience: PT0.2S, minDataRate: 0 } }")) {
            for (long held = 0; held <= mostOfOneCaller(); held += MEBIBYTE) {
                RawConnection client = new RawConnection(host.port());
                clients.add(client);
                client.send(POST + " ".repeat(MEBIBYTE - 1));
            }

            assertThat(refusalOfOne(clients)).startsWith("HTTP/1.1 429").contains("bytes of request bodies");
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    /** The host does not have to read the bodies in their order. */
    private static String refusalOfOne(List<RawConnection> clients) throws Exception {
        Map<RawConnection, String> received = new HashMap<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (RawConnection client : clients) {
                if (received.merge(client, client.received(), String::concat).endsWith("}")) {
                    return received.getOrDefault(client, "");
                }
            }
        }
        return "";
    }
}
