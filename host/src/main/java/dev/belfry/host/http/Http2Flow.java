package dev.belfry.host.http;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.RateControl;

/** Flow control of one HTTP/2 connection, and the bytes that move on it. */
final class Http2Flow extends BufferingFlowControlStrategy {

    /** Windows are enlarged when half of them is read, as Jetty does by default. */
    private static final float RATIO = 0.5F;

    /** Objects for one frame: a client can send each byte in a frame of its own. */
    private static final int FRAME = 256;

    /** A client that reads sends an update for more bytes than this, and one or two for a new stream. */
    private static final int UPDATE = 512;

    private final Http2Budget.Share share;
    private final RateControl needlessUpdates = Http2.cheapFrames();
    private final AtomicLong toUpdate = new AtomicLong();
    private volatile long received;
    private long unread;
    private long held;

    Http2Flow(Http2Budget.Share share) {
        super(RATIO);
        this.share = share;
    }

    static Http2Flow of(Session session) {
        return (Http2Flow) ((HTTP2Session) session).getFlowControlStrategy();
    }

    Http2Budget.Share share() {
        return share;
    }

    /** Bytes of bodies that have arrived on the connection. */
    long received() {
        return received;
    }

    /** A request has begun. */
    void opened() {
        toUpdate.addAndGet(2 * UPDATE);
    }

    /** Whether the client may send this update: each is kept in memory while the network accepts no bytes. */
    boolean mayUpdateWindow(Object update) {
        return toUpdate.getAndUpdate(left -> left < UPDATE ? left : left - UPDATE) >= UPDATE
                || needlessUpdates.onEvent(update);
    }

    @Override
    public void onDataReceived(Session session, Stream stream, int length) {
        super.onDataReceived(session, stream, length);
        boolean fits;
        synchronized (this) {
            received += length;
            unread += length;
            held += length + FRAME;
            fits = share.add(length + FRAME);
        }
        if (!fits) {
            Http2.fail((HTTP2Session) session, "too many unread frames");
        }
    }

    @Override
    public void onDataConsumed(Session session, Stream stream, int length) {
        synchronized (this) {
            unread -= length;
            // A call can stand for several frames.
            long less = unread <= 0 ? held : Math.min(held, length + FRAME);
            held -= less;
            share.remove(less);
        }
        super.onDataConsumed(session, stream, length);
    }

    @Override
    public void onDataSent(Stream stream, int length) {
        super.onDataSent(stream, length);
        toUpdate.addAndGet(length);
        Http2Request request = Http2Request.of(stream);
        if (request != null) {
            request.sent(length);
        }
    }

    /** The connection is closed. */
    void close() {
        share.end();
    }
}
