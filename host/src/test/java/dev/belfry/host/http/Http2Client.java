package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import dev.belfry.host.tls.PemFile;
import dev.belfry.host.tls.TlsContexts;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;

/** An HTTP/2 client (RFC 9113) that sends exactly the frames of a test, and no others: no acknowledgement, no window. */
final class Http2Client implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final int REFUSED_STREAM = 7;
    static final int ENHANCE_YOUR_CALM = 11;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The connection is closed. */
    private static final Frame END = new Frame(-1, 0, 0, new byte[0]);

    private final SSLSocket socket;
    private final OutputStream out;
    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();

    /** Frames that arrived while a test waited for another stream. */
    private final List<Frame> ofOtherStreams = new ArrayList<>();

    private final HpackDecoder hpack = new HpackDecoder(16 * 1024, System::nanoTime);

    /** A frame of any type. */
    record Frame(int type, int flags, int stream, byte[] payload) {

        boolean isLast() {
            return (flags & END_STREAM) != 0;
        }

        /** Of RST_STREAM. */
        int error() {
            return ByteBuffer.wrap(payload).getInt();
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private Http2Client(int port, int receiveBuffer, boolean reads) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(receiveBuffer);
        plain.connect(new InetSocketAddress("127.0.0.1", port));
        socket = (SSLSocket) TlsContexts.clientOf(PemFile.certified("server").certificate())
                .getSocketFactory()
                .createSocket(plain, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        out = socket.getOutputStream();
        if (reads) {
            Thread.ofPlatform().daemon().start(this::read);
        }
    }

    /** A client that has sent nothing yet. */
    static Http2Client silent(RunningHost host) throws IOException {
        return new Http2Client(host.port(), 65_536, true);
    }

    /** A client with the windows of the protocol's defaults. */
    static Http2Client connect(RunningHost host) throws IOException {
        return silent(host).begin(65_535);
    }

    /** A client that accepts no byte of a response body. */
    static Http2Client withoutWindow(RunningHost host) throws IOException {
        return withoutWindow(host.port());
    }

    static Http2Client withoutWindow(int port) throws IOException {
        return new Http2Client(port, 65_536, true).begin(0);
    }

    /** A client that gives windows and reads nothing from the network. */
    static Http2Client deaf(RunningHost host) throws IOException {
        Http2Client client = new Http2Client(host.port(), 4096, false).begin(Integer.MAX_VALUE);
        return client.send(WINDOW_UPDATE, 0, 0, integer(Integer.MAX_VALUE - 65_535));
    }

    private Http2Client begin(int window) throws IOException {
        out.write(PREFACE);
        return send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(12)
                        .putShort((short) HEADER_TABLE_SIZE)
                        .putInt(0)
                        .putShort((short) INITIAL_WINDOW_SIZE)
                        .putInt(window)
                        .array());
    }

    static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    Http2Client sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    Http2Client send(int type, int flags, int stream, byte[] payload) throws IOException {
        return sendRaw(frame(type, flags, stream, payload));
    }

    /** Literal fields without indexing, and without Huffman coding (RFC 7541, section 6.2.2). */
    static byte[] fields(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            text(block, namesAndValues[i]);
            text(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] request(String method, String path, String... more) {
        List<String> all = new ArrayList<>(
                List.of(":method", method, ":scheme", "https", ":path", path, ":authority", "localhost"));
        all.addAll(List.of(more));
        return fields(all.toArray(String[]::new));
    }

    Http2Client get(int stream, String path, String... more) throws IOException {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path, more));
    }

    /** The headers of a request whose body follows. */
    Http2Client post(int stream, String path, String... more) throws IOException {
        return send(HEADERS, END_HEADERS, stream, request("POST", path, more));
    }

    Http2Client data(int stream, String text, boolean last) throws IOException {
        return send(DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                received.add(new Frame(type, flags, stream, in.readNBytes(length)));
            }
        } catch (IOException e) {
            received.add(END);
        }
    }

    /** The next frame; null after the limit. */
    private Frame next(Duration limit) {
        try {
            Frame frame = received.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).as("a frame within " + limit).isNotNull();
            if (frame == END) {
                received.add(END);
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame of a stream, or {@link #END}. */
    private Frame nextOf(int stream) {
        for (Frame frame : ofOtherStreams) {
            if (frame.stream() == stream) {
                ofOtherStreams.remove(frame);
                return frame;
            }
        }
        while (true) {
            Frame frame = next(LIMIT);
            if (frame == END || frame.stream() == stream) {
                return frame;
            }
            ofOtherStreams.add(frame);
        }
    }

    /** The next frame of this type and stream; the connection must not end before. Skips other frames of the stream. */
    Frame await(int type, int stream) {
        while (true) {
            Frame frame = nextOf(stream);
            assertThat(frame).as("a frame of type " + type + " before the end").isNotSameAs(END);
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /** The error of GOAWAY; empty if the connection ended and this client saw none. Fails while the connection is open. */
    OptionalInt awaitGoAway() {
        while (true) {
            Frame frame = nextOf(0);
            if (frame == END) {
                return OptionalInt.empty();
            }
            if (frame.type() == GOAWAY) {
                return OptionalInt.of(ByteBuffer.wrap(frame.payload()).getInt(4));
            }
        }
    }

    /** The status of a response; skips the frames before. */
    int awaitStatus(int stream) throws Exception {
        Frame headers = await(HEADERS, stream);
        return ((MetaData.Response) hpack.decode(ByteBuffer.wrap(headers.payload()))).getStatus();
    }

    /** Whether a request gets a response; false when it is refused. */
    boolean isServed(int stream) {
        while (true) {
            Frame frame = nextOf(stream);
            assertThat(frame).as("a response or a refusal before the end").isNotSameAs(END);
            if (frame.type() == RST_STREAM) {
                assertThat(frame.error()).isEqualTo(REFUSED_STREAM);
                return false;
            }
            if (frame.type() == HEADERS) {
                return true;
            }
        }
    }

    /** The text of a response after its status. */
    String awaitText(int stream) {
        StringBuilder text = new StringBuilder();
        while (true) {
            Frame frame = await(DATA, stream);
            text.append(frame.text());
            if (frame.isLast()) {
                return text.toString();
            }
        }
    }

    /** Skips all frames until the connection ends. */
    void awaitClosed() {
        while (next(LIMIT) != END) {}
    }

    /** Lets the host send more bytes on the connection (0) or a stream. */
    Http2Client window(int stream, int bytes) throws IOException {
        return send(WINDOW_UPDATE, 0, stream, integer(bytes));
    }

    /** Whether the connection has ended; for clients that send until then. */
    boolean isClosed() {
        return received.contains(END);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
