package dev.belfry.host.tracing;

import org.jspecify.annotations.Nullable;

/** What a span tells of a request to the host. */
public interface IncomingRequest {

    /** Unique; also in the access log. */
    String id();

    String method();

    String scheme();

    /** Without the query, which may contain search terms. */
    String path();

    /** As the client knows the host. */
    String serverName();

    int serverPort();

    String clientAddress();

    /** Such as {@code HTTP/1.1}. */
    String protocol();

    @Nullable
    String header(String name);

    Iterable<String> headerNames();
}
