package dev.belfry.host.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers a client trusts. */
final class TrustManagers {

    private TrustManagers() {}

    /** @param authorities empty = the issuers that the JVM trusts */
    static X509ExtendedTrustManager issuedBy(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : store(authorities));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new IllegalStateException("every Java platform has a trust manager for X.509");
    }

    private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority " + store.size(), authority);
        }
        return store;
    }

    /** Trusts one certificate whatever the name of the server, and every certificate that {@code others} trusts. */
    static X509ExtendedTrustManager exactly(X509Certificate certificate, X509ExtendedTrustManager others) {
        return new Exemption(certificate, others);
    }

    static X509ExtendedTrustManager anybody(X509ExtendedTrustManager others) {
        return new Exemption(null, others);
    }

    /** Does not examine one certificate, or any. */
    private static final class Exemption extends X509ExtendedTrustManager {

        private final @Nullable X509Certificate only;
        private final X509ExtendedTrustManager others;

        Exemption(@Nullable X509Certificate only, X509ExtendedTrustManager others) {
            this.only = only;
            this.others = others;
        }

        private boolean isExempt(X509Certificate[] chain) {
            return only == null || (chain.length > 0 && chain[0].equals(only));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            if (!isExempt(chain)) {
                others.checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (!isExempt(chain)) {
                others.checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (!isExempt(chain)) {
                others.checkServerTrusted(chain, type);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            others.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            others.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            others.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return others.getAcceptedIssuers();
        }
    }
}
