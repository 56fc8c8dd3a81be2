package dev.belfry.host.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How a client of TLS proves itself, and what it demands of the server.
 *
 * @param verifies false = any certificate of the server is accepted
 * @param authorities the trusted issuers; empty = the issuers that the JVM trusts
 * @param identity the client certificate
 * @param serverName the name that the server's certificate must have; empty = the host name of the connection
 */
public record ClientTls(
        boolean verifies,
        List<X509Certificate> authorities,
        Optional<CertifiedKey> identity,
        Optional<String> serverName) {}
