package dev.belfry.host.http;

import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.settings.ListenSettings;
import dev.belfry.host.tls.CertifiedKey;
import dev.belfry.host.tls.TlsContexts;
import java.time.Duration;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Serves HTTPS. The certificate can be replaced while it runs: new connections get the new one. */
final class TlsConnector {

    /** The duration that Backstage sends. */
    private static final Duration STRICT_TRANSPORT_SECURITY = Duration.ofDays(365);

    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final ListenSettings listen;
    private final boolean isStrict;

    TlsConnector(ListenSettings listen, HttpsSettings settings) {
        this.listen = listen;
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
        ServerConnector connector = new ServerConnector(
                server,
                new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(https));
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        return connector;
    }
}
