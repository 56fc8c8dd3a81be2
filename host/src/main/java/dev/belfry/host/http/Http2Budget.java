package dev.belfry.host.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests and the bytes that all HTTP/2 connections together hold. Each request but the first of a connection counts
 * like a connection. The bytes are those of headers, of bodies that the host has not read yet, and of responses for which
 * the client has given no window.
 */
final class Http2Budget {

    private static final int HEAP_SHARE = 16;

    /** The buffer of one response: an HTTP/1.1 connection can hold one, too. */
    static final int BUFFER = 32 * 1024;

    private final int places;
    private final long maxBytes;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger furtherRequests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** @param places connections and requests that the host serves at once */
    Http2Budget(int places, long heap) {
        this.places = places;
        this.maxBytes = heap / HEAP_SHARE;
    }

    /** Requests that are not the first one of their connection. */
    int furtherRequests() {
        return furtherRequests.get();
    }

    Share connected() {
        connections.incrementAndGet();
        return new Share();
    }

    /** What one connection holds. */
    final class Share {

        private int open;
        private long held;
        private boolean closed;

        /**
         * A request begins.
         *
         * @param connected open connections of the host
         * @param bytes of its headers in memory
         * @return whether the host has room for it, as for the first request of a connection
         */
        synchronized boolean open(int connected, long bytes) {
            if (closed) {
                return false;
            }
            if (open > 0 && furtherRequests.incrementAndGet() + connected > places) {
                furtherRequests.decrementAndGet();
                return false;
            }
            open++;
            if (!add(bytes) && open > 1) {
                closed(bytes);
                return false;
            }
            return true;
        }

        /**
         * A request has ended.
         *
         * @param bytes of its headers
         */
        synchronized void closed(long bytes) {
            if (!closed) {
                open--;
                furtherRequests.addAndGet(open > 0 ? -1 : 0);
                remove(bytes);
            }
        }

        /**
         * The connection holds more bytes. When all connections together hold too many, those above the average may hold
         * one buffer.
         *
         * @return whether it may hold them
         */
        synchronized boolean add(long more) {
            if (closed) {
                return false;
            }
            held += more;
            return bytes.addAndGet(more) <= maxBytes || held <= Math.max(BUFFER, maxBytes / connections.get());
        }

        synchronized void remove(long less) {
            if (!closed) {
                held -= less;
                bytes.addAndGet(-less);
            }
        }

        /** The connection is closed and holds nothing any more. */
        synchronized void end() {
            if (!closed) {
                closed = true;
                connections.decrementAndGet();
                furtherRequests.addAndGet(Math.min(0, 1 - open));
                bytes.addAndGet(-held);
            }
        }
    }
}
