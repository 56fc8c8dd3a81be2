package dev.belfry.host.access;

import dev.belfry.api.access.Credentials;

/** Credentials, and what the host knows of the client that sent them. */
public interface ClientCredentials extends Credentials {

    /** The client's address, or the proxy's address if the proxy is not trusted. */
    String clientAddress();

    /** Whether the request came through a proxy that is not trusted, so that nobody knows where it comes from. */
    boolean isFromUnknownProxy();
}
