package dev.belfry.host.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/** The body of a request, collected in memory: a redirect may have to send it again. */
final class PublishedBytes implements Flow.Subscriber<ByteBuffer> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();

    private PublishedBytes() {}

    /** @return empty when the request has no body */
    static Optional<byte[]> of(HttpRequest request) throws IOException, InterruptedException {
        Optional<HttpRequest.BodyPublisher> publisher =
                request.bodyPublisher().filter(body -> body.contentLength() != 0);
        if (publisher.isEmpty()) {
            return Optional.empty();
        }
        PublishedBytes collected = new PublishedBytes();
        publisher.get().subscribe(collected);
        try {
            return Optional.of(collected.all.get());
        } catch (ExecutionException e) {
            throw new IOException("the body of the request could not be read: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        all.complete(bytes.toByteArray());
    }
}
