package dev.belfry.host.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents one key to every peer. JSSE's own key manager presents no client certificate if the server names other
 * issuers, and the failure then does not say why.
 */
final class SingleKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "own";

    private final CertifiedKey own;

    SingleKeyManager(CertifiedKey own) {
        this.own = own;
    }

    /** @param type such as RSA, EC, EdDSA or, in TLS 1.2, EC_EC with the issuer's algorithm */
    private boolean isOfType(String type) {
        String algorithm = own.certificate().getPublicKey().getAlgorithm();
        return type.equals(algorithm) || type.startsWith(algorithm + "_");
    }

    private @Nullable String choose(String... types) {
        for (String type : types) {
            if (isOfType(type)) {
                return ALIAS;
            }
        }
        return null;
    }

    private String @Nullable [] aliases(String type) {
        return isOfType(type) ? new String[] {ALIAS} : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return aliases(type);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(types);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(types);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return aliases(type);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(type);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(type);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return own.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return own.key();
    }
}
