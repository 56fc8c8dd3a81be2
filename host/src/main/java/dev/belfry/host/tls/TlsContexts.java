package dev.belfry.host.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's TLS contexts. */
public final class TlsContexts {

    private TlsContexts() {}

    /** For a server, which asks for no client certificates. */
    public static SSLContext server(CertifiedKey own) {
        return context(own, null);
    }

    public static SSLContext client(ClientTls settings) {
        try {
            X509ExtendedTrustManager issued = TrustManagers.issuedBy(settings.authorities());
            return context(
                    settings.identity().orElse(null), settings.verifies() ? issued : TrustManagers.anybody(issued));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** For a client that knows the certificate of its server, whatever name it uses for the server. */
    public static SSLContext clientOf(X509Certificate server) {
        try {
            return context(null, TrustManagers.exactly(server, TrustManagers.issuedBy(List.of())));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(@Nullable CertifiedKey own, @Nullable X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own == null ? new KeyManager[0] : new KeyManager[] {new SingleKeyManager(own)},
                    trust == null ? new TrustManager[0] : new TrustManager[] {trust},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
