package dev.belfry.host.http;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.EventStream;
import dev.belfry.api.web.ServerSentEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One stream: its state, and a queue of events that is bounded in bytes. */
final class ClientStream implements EventStream {

    /** A client that does not read the end of a stream is disconnected after this time. */
    private static final Duration END = Duration.ofSeconds(1);

    private final StreamRequest request;
    private final PluginStreams owner;
    private final long begun = System.nanoTime();

    /** Guarded by itself, like all fields below. */
    private final StreamQueue queue;

    private List<Runnable> closeActions = new ArrayList<>(1);
    private State state = State.OPENING;

    private long endSince;

    /** Null before the first write and after the request. */
    private @Nullable StreamConnection connection;

    ClientStream(StreamRequest request, PluginStreams owner, int queueSize) {
        this.request = request;
        this.owner = owner;
        this.queue = new StreamQueue(queueSize);
        // Written at once, so that the client and proxies see the begin of the response.
        queue.addHeartbeat();
    }

    private enum State {
        OPENING,
        OPEN,
        /** The events in the queue are still written. */
        ENDING,
        CLOSED
    }

    @Override
    public Caller caller() {
        return request.caller();
    }

    @Override
    public Optional<String> lastEventId() {
        return request.lastEventId();
    }

    @Override
    public Optional<String> queryParam(String name) {
        return request.queryParam(name);
    }

    @Override
    public String pathParam(String name) {
        return request.pathParam(name);
    }

    @Override
    public boolean send(ServerSentEvent event) {
        ByteBuffer bytes = event.encoded();
        if (bytes.remaining() > queue.limit()) {
            throw new IllegalArgumentException("the event has " + bytes.remaining() + " bytes, more than the queue of "
                    + queue.limit() + " bytes (belfry.limits.streams.queueSize)");
        }
        StreamConnection now;
        boolean fits;
        synchronized (queue) {
            if (hasEnded()) {
                return false;
            }
            now = connection;
            fits = queue.fits(bytes);
            if (fits) {
                queue.add(bytes);
            } else if (now == null) {
                throw new IllegalStateException("the handler has sent more than the queue of " + queue.limit()
                        + " bytes (belfry.limits.streams.queueSize) before it returned");
            } else {
                end(State.CLOSED);
            }
        }
        if (now != null) {
            if (fits) {
                now.iterate();
            } else {
                owner.dropped();
                now.breakOff("the client reads too slowly");
            }
        }
        return fits;
    }

    private boolean hasEnded() {
        return state == State.ENDING || state == State.CLOSED;
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (queue) {
            if (state != State.CLOSED) {
                closeActions.add(action);
                return;
            }
        }
        owner.run(action);
    }

    @Override
    public void close() {
        end(new byte[0]);
    }

    /** Ends the stream after the queued events and a last text. */
    void end(byte[] last) {
        StreamConnection now;
        synchronized (queue) {
            if (hasEnded()) {
                return;
            }
            if (last.length > 0) {
                queue.add(ByteBuffer.wrap(last));
            }
            end(State.ENDING);
            now = connection;
        }
        if (now != null) {
            now.iterate();
        }
    }

    private void end(State last) {
        state = last;
        endSince = System.nanoTime();
    }

    /** The handler has returned, and the response begins. */
    void begin(StreamConnection begun) {
        synchronized (queue) {
            connection = begun;
            if (state == State.OPENING) {
                state = State.OPEN;
            } else {
                endSince = System.nanoTime();
            }
        }
        begun.iterate();
    }

    /** The next bytes to write; null = none at the moment. The write before is complete. */
    @Nullable
    ByteBuffer next() {
        synchronized (queue) {
            return queue.next();
        }
    }

    /** Whether the stream has ended and nothing is left to write. */
    boolean isWritten() {
        synchronized (queue) {
            return state == State.ENDING && queue.isEmpty();
        }
    }

    boolean isOfAny(Set<EntityRef> users) {
        return caller() instanceof Caller.User user && users.contains(user.ref());
    }

    /** A session may have ended since, or a user may have left the catalog. */
    boolean isOlderThan(Duration longest, long now) {
        return now - begun > longest.toNanos();
    }

    /** Sends a heartbeat to an idle client, and disconnects a client that does not read the end. */
    void check(long now, Duration heartbeat) {
        StreamConnection current;
        boolean isOverdue;
        boolean isIdle;
        synchronized (queue) {
            current = connection;
            isOverdue = hasEnded() && now - endSince > END.toNanos();
            isIdle = state == State.OPEN && queue.isIdle(now, heartbeat);
            if (isIdle) {
                queue.addHeartbeat();
            }
        }
        if (current != null && isOverdue) {
            current.breakOff("the client does not read the end of the stream");
        } else if (current != null && isIdle) {
            current.iterate();
        }
    }

    /** Nothing more is written. Completes the request after the plugin's own actions, so that a drain waits for them. */
    void over() {
        List<Runnable> actions = closed();
        owner.execute(() -> {
            actions.forEach(owner::run);
            StreamConnection last;
            synchronized (queue) {
                last = connection;
            }
            if (last != null) {
                last.complete();
            }
        });
    }

    /** The handler failed, so there is no stream. */
    void abandon() {
        closed().forEach(owner::run);
    }

    private List<Runnable> closed() {
        synchronized (queue) {
            end(State.CLOSED);
            queue.clear();
            List<Runnable> actions = closeActions;
            closeActions = List.of();
            return actions;
        }
    }

    /** The request has ended, for whatever reason. The connection may serve another one. */
    void requestOver() {
        StreamConnection last;
        synchronized (queue) {
            last = connection;
            connection = null;
        }
        if (last != null) {
            last.abort(new IOException("the request has ended"));
        }
    }
}
