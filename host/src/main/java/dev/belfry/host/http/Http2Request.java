package dev.belfry.host.http;

import jakarta.servlet.ServletRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request on an HTTP/2 connection: what the host waits for, how many bytes the client has moved, and what it holds. */
final class Http2Request {

    private static final String KEY = Http2Request.class.getName();
    private static final long UNCOUNTED = -1;

    private final Http2Budget.Share share;
    private final long headers;
    private final long begun = System.nanoTime();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean hasBody;
    private volatile boolean handled;
    private volatile boolean asking;
    private volatile boolean shared;
    private volatile @Nullable Runnable failure;
    private final AtomicLong read = new AtomicLong();

    private Http2Request(Http2Budget.Share share, long headers, boolean hasBody) {
        this.share = share;
        this.headers = headers;
        this.hasBody = hasBody;
    }

    /** @param headers bytes of them in memory */
    static void opened(Stream stream, Http2Budget.Share share, long headers, boolean hasBody) {
        stream.setAttribute(KEY, new Http2Request(share, headers, hasBody));
    }

    /** It has no place among the requests: Jetty responds with an error. */
    static void malformed(Stream stream, Http2Budget.Share share) {
        stream.setAttribute(KEY, new Http2Request(share, UNCOUNTED, false));
    }

    /** Null for a stream that was refused. */
    static @Nullable Http2Request of(Stream stream) {
        return (Http2Request) stream.getAttribute(KEY);
    }

    /** Watches the requests that pass. */
    static final class Watch extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
                Stream stream = connection.getSession().getStream(Integer.parseInt(request.getId()));
                if (stream == null) {
                    // Reset before this thread began: nobody would tell a reader of the body.
                    callback.failed(new EofException("the stream is closed"));
                    return true;
                }
                watch(request, of(stream));
            }
            return super.handle(request, response, callback);
        }

        private static void watch(Request request, @Nullable Http2Request http2) {
            if (http2 != null) {
                http2.handled = true;
                request.setAttribute(KEY, http2);
                request.addHttpStreamWrapper(stream -> http2.new Watched(stream));
            }
        }
    }

    /** Whether it is an HTTP/2 request with a body, which may have no Content-Length (RFC 9113, section 8.1.1). */
    static boolean hasBody(ServletRequest request) {
        return request.getAttribute(KEY) instanceof Http2Request http2 && http2.hasBody;
    }

    /** The response is a stream of events, whose bytes are those of many responses and are limited by queues. */
    static void isEventStream(ServletRequest request) {
        if (request.getAttribute(KEY) instanceof Http2Request http2) {
            http2.shared = true;
        }
    }

    /** Nobody handles the request: it is malformed, or the server is stopping. */
    boolean isForgotten(Duration time) {
        return !handled && System.nanoTime() - begun > time.toNanos();
    }

    boolean isWriting() {
        return writes.get() > 0;
    }

    /** Whether the host has begun to read a body and has not read its end. */
    boolean isReading() {
        return hasBody && (asking || read.get() > 0);
    }

    /** Whether the host waits for a part of the body. */
    boolean isAsking() {
        return asking;
    }

    /** Bytes of the body. */
    long read() {
        return read.get();
    }

    /** Bytes of the response for which the client has given window, and which the network has accepted. */
    long sent() {
        return sent.get();
    }

    void sent(int length) {
        sent.addAndGet(length);
    }

    /**
     * The stream is closed.
     *
     * @param fail ends the request, for a reader that waits for more
     */
    void closed(Runnable fail) {
        if (headers != UNCOUNTED) {
            share.closed(headers);
        }
        failure = fail;
        failReader();
    }

    private void failReader() {
        Runnable fail = failure;
        if (fail != null && asking) {
            fail.run();
        }
    }

    private final class Watched extends HttpStream.Wrapper {

        Watched(HttpStream wrapped) {
            super(wrapped);
        }

        @Override
        public Content.@Nullable Chunk read() {
            asking = false;
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                read.addAndGet(chunk.remaining());
                if (chunk.isLast()) {
                    hasBody = false;
                }
            }
            return chunk;
        }

        @Override
        public void demand() {
            asking = true;
            super.demand();
            failReader();
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            int bytes = content == null || shared ? 0 : Math.min(content.capacity(), Http2Budget.BUFFER);
            Sending sending = new Sending(callback, bytes);
            if (sending.fits) {
                super.send(request, response, last, content, sending);
            } else {
                sending.failed(new EofException("HTTP/2 connections hold too many bytes of responses"));
            }
        }
    }

    /** Holds the bytes of a write until the client has accepted them. */
    private final class Sending extends Callback.Nested {

        private final int bytes;
        private final boolean fits;
        private final AtomicBoolean over = new AtomicBoolean();

        Sending(Callback callback, int bytes) {
            super(callback);
            this.bytes = bytes;
            writes.incrementAndGet();
            fits = share.add(bytes);
        }

        private void over() {
            if (over.compareAndSet(false, true)) {
                writes.decrementAndGet();
                share.remove(bytes);
            }
        }

        @Override
        public void succeeded() {
            over();
            super.succeeded();
        }

        @Override
        public void failed(Throwable x) {
            over();
            super.failed(x);
        }
    }
}
