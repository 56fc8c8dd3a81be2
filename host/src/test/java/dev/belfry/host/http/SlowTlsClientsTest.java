package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limits of {@link SlowClientsTest} hold below TLS as well, and for the handshake. */
@Tag("soak")
@Timeout(120)
class SlowTlsClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The first bytes of a handshake: a record of 512 bytes with a ClientHello. */
    private static final int[] CLIENT_HELLO = {0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3};

    @TempDir
    private Path folder;

    private RunningHost start(String limits) {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(SlowClientsTest.EchoPlugin.class, "echo", "1.0.0").writeTo(drop.resolve("echo.jar"));
        PemFile.copy("server", folder);
        return RunningHost.start(
                folder,
                "backend: { https: { certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } } } }",
                "belfry: { limits: " + limits + " }");
    }

    private static RawConnection connect(RunningHost host, int receiveBuffer) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(receiveBuffer);
        plain.connect(new InetSocketAddress("127.0.0.1", host.port()));
        SSLSocket socket =
                (SSLSocket) TlsContexts.clientOf(PemFile.certified("server").certificate())
                        .getSocketFactory()
                        .createSocket(plain, "localhost", host.port(), true);
        socket.startHandshake();
        return new RawConnection(socket);
    }

    private static RawConnection connect(RunningHost host) throws IOException {
        return connect(host, 65_536);
    }

    private static boolean isQuick(RunningHost host) throws IOException {
        try (RawConnection client = connect(host)) {
            return client.send("GET /api/echo/quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .readAll(LIMIT)
                    .endsWith("quick");
        }
    }

    private static boolean isRefused(RawConnection client, String more) {
        try {
            client.send(more);
        } catch (IOException e) {
            return true;
        }
        return client.isClosed();
    }

    @Test
    void aHandshakeThatNeverEndsIsClosedEvenWhenBytesKeepArriving() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT1S }");
                RawConnection silent = new RawConnection(host.port());
                Socket slow = new Socket("127.0.0.1", host.port())) {
            assertThat(isQuick(host)).isTrue();
            for (int part : CLIENT_HELLO) {
                slow.getOutputStream().write(part);
            }

            await().atMost(LIMIT).until(() -> {
                try {
                    slow.getOutputStream().write(0);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
            await().atMost(LIMIT).until(silent::isClosed);
        }
    }

    @Test
    void endlessHeadersAreClosed() throws Exception {
        try (RunningHost host = start("{ headerTimeout: PT1S }");
                RawConnection client = connect(host)) {
            client.send("GET /api/echo/quick HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            await().atMost(LIMIT).until(() -> isRefused(client, "x"));
        }
    }

    @Test
    void aSlowRequestBodyIsClosed() throws Exception {
        try (RunningHost host = start("{ bodyTimeout: PT1S }");
                RawConnection client = connect(host)) {
            client.send("POST /api/echo/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n");

            await().atMost(LIMIT).until(() -> isRefused(client, "x"));
        }
    }

    @Test
    void anUnreadResponseIsAborted() throws Exception {
        try (RunningHost host = start("{ requestsPerPlugin: 1, minDataRate: 1048576 }");
                RawConnection client = connect(host, 4096)) {
            client.send("GET /api/echo/large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.readLine(LIMIT)).isEqualTo("HTTP/1.1 200 OK");

            await().atMost(LIMIT).until(() -> {
                try (RawConnection other = connect(host)) {
                    return other.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .readAll(LIMIT)
                            .contains("route=\"/large\"");
                }
            });
        }
    }

    @Test
    void idleConnectionsAndHandshakesAreClosedWhenConnectionsRunShort() throws Exception {
        List<RawConnection> idle = new ArrayList<>();
        try (RunningHost host = start("{ connections: 16, headerTimeout: PT1H }")) {
            for (int i = 0; i < 8; i++) {
                idle.add(connect(host));
            }
            for (int i = 0; i < 8; i++) {
                idle.add(new RawConnection(host.port()));
            }

            assertThat(isQuick(host)).isTrue();
            assertThat(IntStream.range(0, 16).filter(i -> idle.get(i).isClosed()))
                    .isNotEmpty();
        } finally {
            for (RawConnection connection : idle) {
                connection.close();
            }
        }
    }
}
