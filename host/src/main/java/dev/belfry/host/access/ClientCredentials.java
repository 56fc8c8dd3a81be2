package dev.belfry.host.access;

import dev.belfry.api.access.Credentials;

/** Credentials of a request, and the facts about its client. */
public interface ClientCredentials extends Credentials {

    /** The attribute of a request's context that has them. */
    String ATTRIBUTE = ClientCredentials.class.getName();

    /** The client's address, or the proxy's address if the proxy is not trusted. */
    String clientAddress();

    /** Whether the request came through an untrusted proxy, so that its source is unknown. */
    boolean isFromUnknownProxy();

    /** Whether a page of another origin sent it, which the configuration does not allow. */
    boolean isFromForeignPage();

    /** Whether the request's method is for changes; a browser sends such requests also for pages of other sites. */
    boolean isChange();
}
