package dev.belfry.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Clients of event streams, all on one thread, so that they take little of the machine from the host. */
public final class Streams implements AutoCloseable {

    private static final int PER_ROUND = 200;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final int count;

    private Streams(Selector selector, int count) {
        this.selector = selector;
        this.count = count;
    }

    /** A client, and the end of the text that it has received. */
    private static final class Client {
        private String tail = "";
        private boolean found;
    }

    /**
     * Opens streams. Returns when each has received its first count.
     *
     * @param authorizations value of the header, by the number of the stream
     */
    public static Streams open(URI address, int count, IntFunction<String> authorizations, long timeoutNanos)
            throws IOException {
        Streams streams = new Streams(Selector.open(), count);
        try {
            long end = System.nanoTime() + timeoutNanos;
            for (int opened = 0; opened < count; opened += PER_ROUND) {
                int until = Math.min(count, opened + PER_ROUND);
                for (int i = opened; i < until; i++) {
                    streams.connect(address, authorizations.apply(i));
                }
                streams.await("event: count", until, end);
            }
            return streams;
        } catch (IOException | RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    private void connect(URI address, String authorization) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
        String request = "GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nAccept: text/event-stream\r\nAuthorization: " + authorization + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Client());
    }

    /** Waits until each stream has received a text that it has not received before. */
    public void await(String text, long timeoutNanos) throws IOException {
        selector.keys().forEach(key -> ((Client) key.attachment()).found = false);
        await(text, count, System.nanoTime() + timeoutNanos);
    }

    private void await(String text, int wanted, long end) throws IOException {
        int found = (int) selector.keys().stream()
                .filter(key -> ((Client) key.attachment()).found)
                .count();
        while (found < wanted) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException(found + " of " + wanted + " streams have received '" + text + "' in time");
            }
            selector.select(left);
            for (SelectionKey key : selector.selectedKeys()) {
                found += read(key, text);
            }
            selector.selectedKeys().clear();
        }
    }

    /** @return 1 if the stream has received the text for the first time */
    private int read(SelectionKey key, String text) throws IOException {
        Client client = (Client) key.attachment();
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
            throw new IOException("the host has ended a stream. Its last words: " + client.tail);
        }
        buffer.flip();
        String received = client.tail + StandardCharsets.ISO_8859_1.decode(buffer);
        // A text may arrive in two parts.
        client.tail = received.substring(Math.max(0, received.length() - text.length() + 1));
        if (client.found || !received.contains(text)) {
            return 0;
        }
        client.found = true;
        return 1;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
