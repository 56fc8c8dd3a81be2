package dev.belfry.host.access;

import dev.belfry.api.access.Credentials;

/** Credentials of a request, and the facts about its client. */
public interface ClientCredentials extends Credentials {

    /** The client's address, or the proxy's address if the proxy is not trusted. */
    String clientAddress();

    /** Whether the request came through an untrusted proxy, so that its source is unknown. */
    boolean isFromUnknownProxy();
}
