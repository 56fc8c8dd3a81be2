package dev.belfry.host.http;

import java.util.concurrent.atomic.AtomicInteger;

/** To be inside a {@link Bulkhead}. A request that goes on in another thread takes it along. */
final class Permit implements AutoCloseable {

    /** Of the request that runs in this thread. */
    static final ScopedValue<Permit> CURRENT = ScopedValue.newInstance();

    private final Runnable giveBack;
    private final AtomicInteger holders = new AtomicInteger(1);

    Permit(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /** One more holds it, who has to close it, too. */
    Permit share() {
        holders.incrementAndGet();
        return this;
    }

    /** The last one gives it back. */
    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            giveBack.run();
        }
    }
}
