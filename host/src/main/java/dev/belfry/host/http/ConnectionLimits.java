package dev.belfry.host.http;

import dev.belfry.host.settings.ClientSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connections and closes the connections of slow clients: while the host waits for a TLS handshake, for
 * headers, for a body, or for the client to read a response. Jetty's idle timeout applies only when no byte moves. When 90% of the connections
 * are in use, idle connections are closed after a second. While the host stops, requests whose clients have gone end.
 */
final class ConnectionLimits extends AbstractLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimits.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Slow transfers are tolerated for this long; then the average rate counts. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** The header timeout while connections run short. */
    private static final Duration SHORT_HEADER_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration SHORT_IDLE_TIMEOUT = Duration.ofSeconds(1);
    private static final double SHORT = 0.9;
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    /** The header of a frame, and the length of a padding. */
    private static final int FRAME_HEADER = 10;

    private static final int READ_AHEAD = 1024;

    private final Supplier<ClientSettings> limits;
    private final Server server;
    private final int connections;
    private final Http2Budget http2;
    private Map<Object, Wait> waits = new HashMap<>();
    private boolean failing;

    private ConnectionLimits(Supplier<ClientSettings> limits, Server server, int connections, Http2Budget http2) {
        this.limits = limits;
        this.server = server;
        this.connections = connections;
        this.http2 = http2;
    }

    /** The event that the host waits for on a connection. */
    private enum Stage {
        HEADERS,
        BODY,
        READING,
        /** The next request. */
        IDLE
    }

    /**
     * A wait that began in an earlier round.
     *
     * @param bytes that the client had moved at the begin
     * @param last bytes that the client had moved in the last round
     */
    private record Wait(Stage stage, long request, long since, long bytes, long last) {
        boolean isSame(Stage now, long nowRequest) {
            return stage == now && request == nowRequest;
        }

        Wait at(long moved) {
            return new Wait(stage, request, since, bytes, moved);
        }
    }

    /**
     * Watches all connections of a server while it runs.
     *
     * @param limits of this moment; a later number of connections has no effect
     */
    static void watch(Server server, Supplier<ClientSettings> limits, int connections, Http2Budget http2) {
        server.addBean(new NetworkConnectionLimit(connections, server));
        server.addBean(new ConnectionLimits(limits, server, connections, http2));
    }

    @Override
    protected void doStart() {
        schedule();
    }

    private void schedule() {
        server.getScheduler().schedule(this::round, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        if (!isStarting() && !isRunning()) {
            return;
        }
        try {
            look();
            failing = false;
        } catch (RuntimeException | LinkageError e) {
            if (!failing) {
                LOG.error("checking for slow connections failed; the next check is in {}", INTERVAL, e);
            }
            failing = true;
        } finally {
            schedule();
        }
    }

    private void look() {
        Map<Object, Wait> now = new HashMap<>();
        int requests = http2.furtherRequests();
        for (Connector connector : server.getConnectors()) {
            List<EndPoint> endPoints = List.copyOf(connector.getConnectedEndPoints());
            boolean few = endPoints.size() + requests < SHORT * connections;
            for (EndPoint endPoint : endPoints) {
                look(endPoint, few, now);
            }
        }
        waits = now;
    }

    private void look(EndPoint endPoint, boolean few, Map<Object, Wait> now) {
        if (endPoint.getConnection() instanceof SslConnection tls) {
            if (isHandshaking(tls)) {
                Duration limit = headerTimeout(few);
                if (System.currentTimeMillis() - endPoint.getCreatedTimeStamp() > limit.toMillis()) {
                    close(endPoint, "the TLS handshake took longer than " + limit);
                }
            } else {
                look(tls.getSslEndPoint(), few, now);
            }
        } else if (endPoint instanceof AbstractEndPoint channel) {
            if (endPoint.getConnection() instanceof HttpConnection connection) {
                look(connection, channel, few, now);
            } else if (endPoint.getConnection() instanceof HTTP2Connection connection) {
                look(connection, channel, few, now);
            }
        }
    }

    /** Until the first handshake is complete, the engine has the null session (see {@link SSLEngine#getSession}). */
    private static boolean isHandshaking(SslConnection connection) {
        return connection.getSSLEngine().getSession().getCipherSuite().equals(NO_CIPHER);
    }

    private Duration headerTimeout(boolean few) {
        return few ? limits.get().headerTimeout() : SHORT_HEADER_TIMEOUT;
    }

    private void look(HttpConnection connection, AbstractEndPoint channel, boolean few, Map<Object, Wait> now) {
        Stage stage = stage(connection, channel);
        if (stage == null) {
            if (server.isStopping() && isAbandoned(connection, channel)) {
                close(network(channel), "the client of a request in flight has gone");
                Runnable failure = connection.getHttpChannel().onRemoteFailure(new EofException("the client has gone"));
                if (failure != null) {
                    failure.run();
                }
            } else if (!few && isIdle(connection, channel)) {
                close(network(channel), "idle while connections run short");
            }
            return;
        }
        if (stage == Stage.HEADERS) {
            Duration limit = headerTimeout(few);
            if (System.nanoTime() - connection.getParser().getBeginNanoTime() > limit.toNanos()) {
                close(network(channel), "the headers of a request took longer than " + limit);
            }
            return;
        }
        long bytes = stage == Stage.BODY ? connection.getBytesIn() : connection.getBytesOut();
        // A round can meet the moment in which the host reads bytes. A host that is busy reads none.
        boolean isWaiting = stage != Stage.BODY || channel.isFillInterested();
        String fault = slowness(connection, stage, connection.getMessagesIn(), isWaiting, bytes, now);
        if (fault != null) {
            close(network(channel), fault);
        }
    }

    /**
     * Remembers a wait until the next round.
     *
     * @param key of the connection or request
     * @return why the client is too slow; null when it is not
     */
    private @Nullable String slowness(
            Object key, Stage stage, long request, boolean isWaiting, long bytes, Map<Object, Wait> now) {
        Wait before = waits.get(key);
        Wait wait = before != null && before.isSame(stage, request) && (isWaiting || bytes > before.last())
                ? before.at(bytes)
                : new Wait(stage, request, System.nanoTime(), bytes, bytes);
        now.put(key, wait);
        ClientSettings settings = limits.get();
        long nanos = System.nanoTime() - wait.since();
        long moved = bytes - wait.bytes();
        if (nanos > GRACE.toNanos() && moved < settings.minDataRate() * nanos / TimeUnit.SECONDS.toNanos(1)) {
            return "less than " + settings.minDataRate() + " bytes a second";
        }
        if (stage == Stage.BODY && nanos > settings.bodyTimeout().toNanos() && moved < ClientBudgets.RECEIVED) {
            return "the body of a request took longer than " + settings.bodyTimeout();
        }
        return null;
    }

    /** An HTTP/2 connection: its requests are slow one by one, and it can be slow as a whole. */
    private void look(HTTP2Connection connection, AbstractEndPoint channel, boolean few, Map<Object, Wait> now) {
        HTTP2Session session = connection.getSession();
        for (Stream stream : session.getStreams()) {
            Http2Request request = Http2Request.of(stream);
            String fault = request == null ? null : slowness(request, now);
            if (fault != null) {
                LOG.debug("a request of {} ended: {}", channel.getRemoteSocketAddress(), fault);
                Http2.reset(session, stream.getId(), fault);
            }
        }
        if (channel.getWriteFlusher().isPending()) {
            String fault = slowness(connection, Stage.READING, 0, true, connection.getBytesOut(), now);
            if (fault != null) {
                close(network(channel), fault);
            }
        } else if ((!few || session.isClosed()) && session.getStreams().isEmpty()) {
            closeIdle(connection, channel, now);
        }
        lookAtHeaders(connection, channel, few, now);
    }

    private @Nullable String slowness(Http2Request request, Map<Object, Wait> now) {
        if (request.isForgotten(GRACE)) {
            return "a malformed request whose client does not read the response";
        }
        if (request.isWriting()) {
            return slowness(request, Stage.READING, 0, true, request.sent(), now);
        }
        return request.isReading() ? slowness(request, Stage.BODY, 0, request.isAsking(), request.read(), now) : null;
    }

    private void closeIdle(HTTP2Connection connection, AbstractEndPoint channel, Map<Object, Wait> now) {
        Wait before = waits.get(connection);
        if (before == null || !before.isSame(Stage.IDLE, connection.getMessagesIn())) {
            now.put(connection, new Wait(Stage.IDLE, connection.getMessagesIn(), System.nanoTime(), 0, 0));
        } else if (System.nanoTime() - before.since() < SHORT_IDLE_TIMEOUT.toNanos()) {
            now.put(connection, before);
        } else if (connection.getSession().isClosed()) {
            close(network(channel), "the client does not close a connection that the host has ended");
        } else {
            // The client learns that no request is lost, and closes the connection.
            connection.close();
            now.put(connection, before);
        }
    }

    /**
     * The parser starts its clock anew after each complete frame, and after each complete sequence of HEADERS and
     * CONTINUATION. Bytes that arrive meanwhile, and are none of a body, are a part of one.
     */
    private void lookAtHeaders(
            HTTP2Connection connection, AbstractEndPoint channel, boolean few, Map<Object, Wait> now) {
        HTTP2Session session = connection.getSession();
        long begin = session.getParser().getBeginNanoTime();
        long bytes = connection.getBytesIn() - Http2Flow.of(session).received();
        Wait before = waits.get(session);
        if (before == null || !before.isSame(Stage.HEADERS, begin) || bytes <= before.bytes() + FRAME_HEADER) {
            now.put(session, new Wait(Stage.HEADERS, begin, System.nanoTime(), bytes, bytes));
            return;
        }
        now.put(session, before.at(bytes));
        Duration limit = headerTimeout(few);
        // In two rounds, since a round can meet the moment in which bytes of a body have arrived and are not parsed.
        if (before.last() > before.bytes() + FRAME_HEADER && System.nanoTime() - before.since() > limit.toNanos()) {
            close(network(channel), "the headers of a request took longer than " + limit);
        }
    }

    /** The current stage; null = between requests, or the request is complete. */
    private static @Nullable Stage stage(HttpConnection connection, AbstractEndPoint channel) {
        HttpParser parser = connection.getParser();
        if (channel.getWriteFlusher().isPending()) {
            return Stage.READING;
        }
        if (parser.isStart()) {
            return null;
        }
        if (parser.inHeaderState()) {
            return Stage.HEADERS;
        }
        return parser.inContentState() ? Stage.BODY : null;
    }

    /**
     * Whether the client has closed the connection while a request is handled. Jetty reads no HTTP/1.1 connection meanwhile, so it
     * does not notice. Only while the host stops: what is read here is lost, and no further request is served.
     */
    private static boolean isAbandoned(HttpConnection connection, AbstractEndPoint channel) {
        if (connection.getParser().isStart()
                || connection.getMessagesIn() == connection.getMessagesOut()
                || channel.isFillInterested()) {
            return false;
        }
        try {
            return channel.fill(BufferUtil.allocate(READ_AHEAD)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isIdle(HttpConnection connection, AbstractEndPoint channel) {
        return connection.getParser().isStart()
                && channel.isFillInterested()
                && connection.getMessagesIn() == connection.getMessagesOut()
                && network(channel).getIdleFor() > SHORT_IDLE_TIMEOUT.toMillis();
    }

    /** Below TLS: its endpoint measures no idle time, and cannot close while the client reads nothing. */
    private static AbstractEndPoint network(AbstractEndPoint channel) {
        return channel instanceof SslConnection.SslEndPoint tls && tls.unwrap() instanceof AbstractEndPoint below
                ? below
                : channel;
    }

    private static void close(EndPoint endPoint, String reason) {
        LOG.debug("connection of {} closed: {}", endPoint.getRemoteSocketAddress(), reason);
        endPoint.close();
    }
}
