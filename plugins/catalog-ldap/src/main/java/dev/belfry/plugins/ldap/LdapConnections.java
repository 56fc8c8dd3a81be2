package dev.belfry.plugins.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPExtendedOperationException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Opens connections to the directory. Certificates and host names are always verified. */
final class LdapConnections {

    private static final int CONNECT_MILLIS = 10_000;
    private static final long RESPONSE_MILLIS = 30_000;
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;

    private final CatalogLdapConfig config;

    LdapConnections(CatalogLdapConfig config) {
        this.config = config;
    }

    LDAPConnection open() throws IOException, LDAPException, GeneralSecurityException {
        URI target = config.target();
        boolean ldaps = "ldaps".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() > 0 ? target.getPort() : ldaps ? LDAPS_PORT : LDAP_PORT;
        LDAPConnection connection =
                ldaps ? new LDAPConnection(tls().getSocketFactory(), options()) : new LDAPConnection(options());
        try {
            connection.connect(target.getHost(), port);
            if (!ldaps && config.startTls()) {
                startTls(connection);
            }
            CatalogLdapConfig.Bind bind = config.bind();
            if (bind != null) {
                connection.bind(bind.dn(), bind.secret().text());
            }
            return connection;
        } catch (IOException | LDAPException | GeneralSecurityException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(RESPONSE_MILLIS);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        // Without it, each connection has a thread of its own.
        options.setUseSynchronousMode(true);
        return options;
    }

    private void startTls(LDAPConnection connection) throws IOException, LDAPException, GeneralSecurityException {
        StartTLSExtendedRequest request = new StartTLSExtendedRequest(tls());
        try {
            ExtendedResult result = connection.processExtendedOperation(request);
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPExtendedOperationException(result);
            }
        } catch (LDAPException e) {
            throw LdapFailure.ofStartTls(config, e);
        }
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        return new SSLUtil(trusted()).createSSLContext();
    }

    private X509TrustManager trusted() throws IOException {
        @Nullable Path ca = config.ca();
        if (ca == null) {
            return JVMDefaultTrustManager.getInstance();
        }
        try {
            return CaFile.read(ca);
        } catch (IOException e) {
            throw new IOException("tls.ca: " + e.getMessage(), e);
        }
    }
}
