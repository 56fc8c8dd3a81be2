package dev.belfry.host.http;

import dev.belfry.host.settings.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connections and closes the connections of slow clients: while the host waits for a TLS handshake, for
 * headers, for a body, or for the client to read a response. Jetty's idle timeout applies only when no byte moves. When 90% of the connections
 * are in use, idle connections are closed after a second.
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

    private final Supplier<ClientSettings> limits;
    private final Server server;
    private final int connections;
    private Map<HttpConnection, Wait> waits = new HashMap<>();
    private boolean failing;

    private ConnectionLimits(Supplier<ClientSettings> limits, Server server, int connections) {
        this.limits = limits;
        this.server = server;
        this.connections = connections;
    }

    /** The event that the host waits for on a connection. */
    private enum Stage {
        HEADERS,
        BODY,
        READING
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
    static void watch(Server server, Supplier<ClientSettings> limits) {
        int connections = FileDescriptors.limit(limits.get().connections());
        server.addBean(new NetworkConnectionLimit(connections, server));
        server.addBean(new ConnectionLimits(limits, server, connections));
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
        Map<HttpConnection, Wait> now = new HashMap<>();
        for (Connector connector : server.getConnectors()) {
            List<EndPoint> endPoints = List.copyOf(connector.getConnectedEndPoints());
            boolean few = endPoints.size() < SHORT * connections;
            for (EndPoint endPoint : endPoints) {
                look(endPoint, few, now);
            }
        }
        waits = now;
    }

    private void look(EndPoint endPoint, boolean few, Map<HttpConnection, Wait> now) {
        if (endPoint.getConnection() instanceof SslConnection tls) {
            if (isHandshaking(tls)) {
                Duration limit = headerTimeout(few);
                if (System.currentTimeMillis() - endPoint.getCreatedTimeStamp() > limit.toMillis()) {
                    close(endPoint, "the TLS handshake took longer than " + limit);
                }
            } else {
                look(tls.getSslEndPoint(), few, now);
            }
        } else if (endPoint.getConnection() instanceof HttpConnection connection
                && endPoint instanceof AbstractEndPoint channel) {
            look(connection, channel, few, now);
        }
    }

    /** Until the first handshake is complete, the engine has the null session (see {@link SSLEngine#getSession}). */
    private static boolean isHandshaking(SslConnection connection) {
        return connection.getSSLEngine().getSession().getCipherSuite().equals(NO_CIPHER);
    }

    private Duration headerTimeout(boolean few) {
        return few ? limits.get().headerTimeout() : SHORT_HEADER_TIMEOUT;
    }

    private void look(HttpConnection connection, AbstractEndPoint channel, boolean few, Map<HttpConnection, Wait> now) {
        Stage stage = stage(connection, channel);
        if (stage == null) {
            if (!few && isIdle(connection, channel)) {
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
        long request = connection.getMessagesIn();
        Wait before = waits.get(connection);
        // A round can meet the moment in which the host reads bytes. A host that is busy reads none.
        boolean isWaiting = stage != Stage.BODY || channel.isFillInterested();
        Wait wait = before != null && before.isSame(stage, request) && (isWaiting || bytes > before.last())
                ? before.at(bytes)
                : new Wait(stage, request, System.nanoTime(), bytes, bytes);
        now.put(connection, wait);
        ClientSettings settings = limits.get();
        long nanos = System.nanoTime() - wait.since();
        long moved = bytes - wait.bytes();
        if (nanos > GRACE.toNanos() && moved < settings.minDataRate() * nanos / TimeUnit.SECONDS.toNanos(1)) {
            close(network(channel), "less than " + settings.minDataRate() + " bytes a second");
        } else if (stage == Stage.BODY && nanos > settings.bodyTimeout().toNanos() && moved < ClientBudgets.RECEIVED) {
            close(network(channel), "the body of a request took longer than " + settings.bodyTimeout());
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
