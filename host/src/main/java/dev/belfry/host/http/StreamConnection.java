package dev.belfry.host.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a stream to its connection, one buffer after the other. A write that the socket does not accept at once holds no
 * thread: Jetty continues when the socket is ready. It bypasses the servlet's output, which would keep a buffer of 32 KiB
 * for each stream.
 */
final class StreamConnection extends IteratingCallback {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private final ClientStream stream;
    private final AsyncContext async;
    private final Response response;
    private final ClientTransport transport;
    private final AtomicBoolean aborted = new AtomicBoolean();

    private StreamConnection(ClientStream stream, AsyncContext async, Response response, ClientTransport transport) {
        this.stream = stream;
        this.async = async;
        this.response = response;
        this.transport = transport;
    }

    static StreamConnection of(HttpServletRequest request, AsyncContext async, ClientStream stream) {
        Http2Request.isEventStream(request);
        Response response =
                ServletContextRequest.getServletContextRequest(request).getServletContextResponse();
        return new StreamConnection(stream, async, response, ClientTransport.of(request));
    }

    @Override
    protected Action process() {
        ByteBuffer next = stream.next();
        if (next == null) {
            return stream.isWritten() ? Action.SUCCEEDED : Action.IDLE;
        }
        response.write(false, next, this);
        return Action.SCHEDULED;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected void onCompleteSuccess() {
        stream.over();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        LOG.debug("stream to {} ended: {}", transport.address(), cause.toString());
        transport.abort("the stream ended");
        stream.over();
    }

    /**
     * Ends the stream, without waiting for a write in progress. A second call closes the connection: with HTTP/2, a write
     * that waits for the network ends in no other way.
     */
    void breakOff(String reason) {
        abort(new IOException(reason));
        if (aborted.compareAndSet(false, true)) {
            transport.abort(reason);
        } else {
            transport.disconnect();
        }
    }

    /** The response is complete; a request that has ended otherwise stays as it is. */
    void complete() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            LOG.debug("stream to {}: its request has already ended", transport.address());
        }
    }
}
