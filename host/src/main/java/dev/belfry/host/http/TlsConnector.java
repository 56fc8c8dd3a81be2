package dev.belfry.host.http;

import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.settings.ListenSettings;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.TlsContexts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Serves HTTPS, as HTTP/2 or HTTP/1.1 as the client prefers. The certificate can be replaced while it runs: new connections get the new one. */
final class TlsConnector {

    /** The duration that Backstage sends. */
    private static final Duration STRICT_TRANSPORT_SECURITY = Duration.ofDays(365);

    private static final long NEVER = -1;

    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final ListenSettings listen;
    private final Http2Budget http2;
    private final boolean isStrict;

    TlsConnector(ListenSettings listen, HttpsSettings settings, Http2Budget http2) {
        this.listen = listen;
        this.http2 = http2;
        // A browser that has seen this header lets nobody pass a self-signed certificate, nor reach other ports of
        // localhost without TLS.
        isStrict = settings instanceof HttpsSettings.Given;
    }

    void use(CertifiedKey certificate) {
        try {
            if (tls.isStarted()) {
                tls.reload(factory -> factory.setSslContext(TlsContexts.server(certificate)));
            } else {
                tls.setSslContext(TlsContexts.server(certificate));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the certificate cannot be used: " + e.getMessage(), e);
        }
    }

    Connector of(Server server, HttpConfiguration http) {
        // Health checks use addresses, which need not be in the certificate.
        SecureRequestCustomizer secure = new SecureRequestCustomizer(false);
        if (isStrict) {
            secure.setStsMaxAge(STRICT_TRANSPORT_SECURITY.toSeconds());
        }
        HttpConfiguration https = new HttpConfiguration(http);
        https.getCustomizers().addFirst(secure);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        // Of clients that know no ALPN.
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        ServerConnector connector =
                new ServerConnector(
                        server,
                        new SslConnectionFactory(tls, alpn.getProtocol()),
                        alpn,
                        new Http2(https, http2),
                        new HttpConnectionFactory(https)) {

                    /** Jetty shortens the idle timeout at stop, and then ends the requests of an idle HTTP/2 connection. */
                    @Override
                    public CompletableFuture<Void> shutdown() {
                        CompletableFuture<Void> closed = super.shutdown();
                        for (EndPoint endPoint : getConnectedEndPoints()) {
                            if (endPoint.getConnection() instanceof SslConnection tls
                                    && tls.getSslEndPoint().getConnection() instanceof HTTP2Connection) {
                                endPoint.setIdleTimeout(NEVER);
                            }
                        }
                        return closed;
                    }
                };
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        return connector;
    }
}
