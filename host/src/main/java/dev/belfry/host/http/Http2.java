package dev.belfry.host.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** HTTP/2 on connections that have negotiated it in the TLS handshake, with limits on what a connection can hold. */
final class Http2 extends HTTP2ServerConnectionFactory {

    /** At least 100 are recommended (RFC 9113, section 6.5.2). */
    static final int MAX_STREAMS = 100;

    private static final int CONNECTION_WINDOW = 256 * 1024;

    /** Measured: a request with long headers has them three times in memory. */
    private static final int HEADERS_IN_MEMORY = 3;

    /** Per connection and second: frames that cost the client little, such as pings and resets, and resets of the host. */
    private static final int CHEAP_FRAMES = 128;

    private final Http2Budget budget;

    Http2(HttpConfiguration https, Http2Budget budget) {
        super(withHostHeader(https));
        this.budget = budget;
        setMaxConcurrentStreams(MAX_STREAMS);
        setInitialStreamRecvWindow(FlowControlStrategy.DEFAULT_WINDOW_SIZE);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        setRateControlFactory(new RateControl.Factory() {
            @Override
            public RateControl newRateControl(EndPoint endPoint) {
                RateControl cheap = cheapFrames();
                return event -> isCounted(event) || cheap.onEvent(event);
            }
        });
        addEventListener(new HTTP2Session.FrameListener() {
            @Override
            public void onIncomingFrame(Session session, Frame frame) {
                if (isCounted(frame) && !Http2Flow.of(session).mayUpdateWindow(frame)) {
                    fail((HTTP2Session) session, "updates of windows without need");
                }
            }
        });
        setConnectProtocolEnabled(false);
        // Counted as a share of the heap.
        setUseInputDirectByteBuffers(false);
        setFlowControlStrategyFactory(() -> new Http2Flow(budget.connected()));
    }

    static RateControl cheapFrames() {
        return new WindowRateControl(CHEAP_FRAMES, Duration.ofSeconds(1));
    }

    /** Updates of windows are counted with the bytes that were sent: Jetty limits the others, but not these. */
    private static boolean isCounted(Object frame) {
        return frame instanceof WindowUpdateFrame update && update.getWindowDelta() > 0;
    }

    private static HttpConfiguration withHostHeader(HttpConfiguration https) {
        HttpConfiguration http2 = new HttpConfiguration(https);
        http2.getCustomizers().addFirst(Http2::withHostHeader);
        return http2;
    }

    /** The host is in {@code :authority} (RFC 9113, section 8.3.1). Plugins and the host's own rules read the header. */
    private static Request withHostHeader(Request request, HttpFields.Mutable response) {
        String authority = request.getHttpURI().getAuthority();
        if (authority == null || authority.equals(request.getHeaders().get(HttpHeader.HOST))) {
            return request;
        }
        HttpFields headers = HttpFields.build(request.getHeaders())
                .put(HttpHeader.HOST, authority)
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        Connection connection = super.newConnection(connector, endPoint);
        connection.addEventListener(new Connection.Listener() {
            @Override
            public void onClosed(Connection closed) {
                Http2Flow.of(((HTTP2Connection) closed).getSession()).close();
            }
        });
        return connection;
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
        return new Requests(connector, endPoint);
    }

    /** Refuses requests beyond the limit of the host. Clients can send a refused one again (RFC 9113, section 8.7). */
    private final class Requests extends HTTPServerSessionListener {

        private final Connector connector;

        Requests(Connector connector, EndPoint endPoint) {
            super(endPoint);
            this.connector = connector;
        }

        @Override
        public Stream.@Nullable Listener onNewStream(Stream stream, HeadersFrame frame) {
            Http2Budget.Share share = Http2Flow.of(stream.getSession()).share();
            long headers = HEADERS_IN_MEMORY * size(frame.getMetaData());
            if (!share.open(connector.getConnectedEndPoints().size(), headers)) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.REFUSED_STREAM_ERROR.code), Callback.NOOP);
                return null;
            }
            Http2Flow.of(stream.getSession()).opened();
            Http2Request.opened(stream, share, headers, !frame.isEndStream());
            return super.onNewStream(stream, frame);
        }

        /** A malformed request, whose response is an error. */
        @Override
        public void onStreamFailure(Stream stream, Throwable failure, Callback callback) {
            Http2Request.malformed(stream, Http2Flow.of(stream.getSession()).share());
            super.onStreamFailure(stream, failure, callback);
        }

        @Override
        public void onClosed(Stream stream) {
            Http2Request request = Http2Request.of(stream);
            if (request != null) {
                // Jetty resets a stream whose body is longer than declared, and leaves the reader of the body waiting.
                request.closed(() -> onFailure(
                        stream,
                        ErrorCode.PROTOCOL_ERROR.code,
                        "closed",
                        new EofException("the stream is closed"),
                        Callback.NOOP));
            }
        }
    }

    private static long size(MetaData headers) {
        long size = headers instanceof MetaData.Request request
                ? request.getHttpURI().toString().length()
                : 0;
        for (HttpField field : headers.getHttpFields()) {
            size += field.getName().length() + String.valueOf(field.getValue()).length();
        }
        return size;
    }

    /** Closes the connection of a client that does what no good client does. */
    static void fail(HTTP2Session session, String reason) {
        session.onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, reason);
    }

    /** Ends one request; the connection and its other requests stay. */
    static void reset(HTTP2Session session, int stream, String reason) {
        if (session.getStream(stream) != null) {
            session.onStreamFailure(stream, ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, reason);
        }
    }
}
