package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of streams: the heap that each uses, and the time until all have an event. */
@Tag("soak")
class ManyStreamsTest {

    private static final int STREAMS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Measured: 8.6 KiB, with the client's own objects, which are in this process, too. */
    private static final long MAX_BYTES = 25 * 1024;

    /** Measured: 2.5 s on two processors with a load of 30. */
    private static final Duration MAX_BROADCAST = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** Reads all streams with one thread, and counts their bytes. */
    private static final class Readers implements AutoCloseable {

        private final Selector selector = Selector.open();
        private final List<SocketChannel> channels = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        private final int port;

        Readers(int port) throws IOException {
            this.port = port;
        }

        void open(String path) throws IOException {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channels.add(channel);
            channel.write(ByteBuffer.wrap(
                    ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new int[1]);
        }

        /** Reads until every stream has received at least so many bytes since the last call. */
        void awaitBytes(int least) throws IOException {
            long end = System.nanoTime() + LIMIT.toNanos();
            int missing = channels.size();
            while (missing > 0) {
                assertThat(System.nanoTime())
                        .as(missing + " streams miss bytes")
                        .isLessThan(end);
                selector.select(1000);
                for (SelectionKey key : selector.selectedKeys()) {
                    int[] received = (int[]) key.attachment();
                    int before = received[0];
                    int read = ((SocketChannel) key.channel()).read(buffer.clear());
                    assertThat(read).as("the stream must not end").isNotNegative();
                    received[0] += read;
                    missing -= before < least && received[0] >= least ? 1 : 0;
                }
                selector.selectedKeys().clear();
            }
            selector.keys().forEach(key -> ((int[]) key.attachment())[0] = 0);
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        }
    }

    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(
                    used,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }

    private static void awaitStreams(RunningHost host, int count) {
        await().atMost(LIMIT).until(() -> host.get("/metrics").body().contains("http_server_streams " + count));
    }

    @Test
    void thousandsOfStreamsAreSmallAndABroadcastIsFast() throws Exception {
        PluginJar.of(NewsPlugin.class, "news", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("news.jar"));
        String limits = "{ connections: 8000, waits: 6000, waitsPerCaller: 6000,"
                + " streams: { total: 6000, perCaller: 6000, heartbeat: PT1S } }";
        try (RunningHost host = RunningHost.start(folder, "belfry: { limits: " + limits + " }");
                Readers readers = new Readers(host.port())) {
            readers.open("/api/news/quiet");
            readers.awaitBytes(1);
            long before = usedHeap();

            for (int i = 1; i < STREAMS; i++) {
                readers.open("/api/news/quiet");
            }
            awaitStreams(host, STREAMS);
            readers.awaitBytes(1);
            long each = (usedHeap() - before) / STREAMS;
            System.out.println(STREAMS + " streams: " + each + " bytes each");
            assertThat(each).isLessThan(MAX_BYTES);

            String news = "x".repeat(1000);
            long begin = System.nanoTime();
            assertThat(host.send("POST", "/api/news/news", BodyPublishers.ofString(news))
                            .body())
                    .isEqualTo(Integer.toString(STREAMS));
            readers.awaitBytes(news.length());
            Duration broadcast = Duration.ofNanos(System.nanoTime() - begin);
            System.out.println(STREAMS + " streams: an event reached all in " + broadcast);
            assertThat(broadcast).isLessThan(MAX_BROADCAST);

            readers.close();
            awaitStreams(host, 0);
        }
    }
}
