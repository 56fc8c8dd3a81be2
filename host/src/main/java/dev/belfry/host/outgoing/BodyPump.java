package dev.belfry.host.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Passes the body of a response to its subscriber, as the subscriber asks for it. */
final class BodyPump implements Flow.Subscription, Runnable {

    private static final int PART = 16 * 1024;

    private final InputStream body;
    private final BodySubscriber<?> subscriber;
    private long demand;
    private boolean canceled;

    BodyPump(InputStream body, BodySubscriber<?> subscriber) {
        this.body = body;
        this.subscriber = subscriber;
    }

    @Override
    public void run() {
        try (body) {
            subscriber.onSubscribe(this);
            byte[] part = new byte[PART];
            while (isWanted()) {
                int length = body.read(part);
                if (length < 0) {
                    subscriber.onComplete();
                    return;
                }
                subscriber.onNext(List.of(ByteBuffer.wrap(part.clone(), 0, length)));
            }
        } catch (IOException | RuntimeException e) {
            subscriber.onError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            subscriber.onError(e);
        }
    }

    private synchronized boolean isWanted() throws InterruptedException {
        while (demand == 0 && !canceled) {
            wait();
        }
        demand--;
        return !canceled;
    }

    @Override
    public synchronized void request(long parts) {
        demand = demand + parts < 0 ? Long.MAX_VALUE : demand + parts;
        notifyAll();
    }

    @Override
    public synchronized void cancel() {
        canceled = true;
        notifyAll();
    }
}
