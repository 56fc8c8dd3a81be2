package dev.belfry.host.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.SocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;

/** The connection of a request, or its HTTP/2 stream. */
record ClientTransport(Connection connection, String stream) {

    static ClientTransport of(HttpServletRequest request) {
        ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
        return new ClientTransport(jetty.getConnectionMetaData().getConnection(), jetty.getId());
    }

    SocketAddress address() {
        return connection.getEndPoint().getRemoteSocketAddress();
    }

    /** Ends the request so that the client cannot take a part of the response for the whole. */
    void abort(String reason) {
        if (connection instanceof HTTP2Connection http2) {
            Http2.reset(http2.getSession(), Integer.parseInt(stream), reason);
        } else {
            disconnect();
        }
    }

    /** Closes the connection, without waiting for a write in progress. */
    void disconnect() {
        connection.getEndPoint().close();
    }
}
