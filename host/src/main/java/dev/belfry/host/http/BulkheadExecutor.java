package dev.belfry.host.http;

import dev.belfry.host.tracing.Tracing;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Executor for the asynchronous work of requests. Each task runs under the permit, and in the trace, of the request that submits it. */
final class BulkheadExecutor extends AbstractExecutorService {

    private final ExecutorService threads;
    private final Bulkhead bulkhead;
    private final Tracing tracing;

    BulkheadExecutor(ExecutorService threads, Bulkhead bulkhead, Tracing tracing) {
        this.threads = threads;
        this.bulkhead = bulkhead;
        this.tracing = tracing;
    }

    @Override
    public void execute(Runnable task) {
        BulkheadPermit permit =
                BulkheadPermit.CURRENT.isBound() ? BulkheadPermit.CURRENT.get().share() : bulkhead.enter();
        Runnable carried = tracing.carry(task);
        threads.execute(() -> {
            try {
                bulkhead.run(permit, Executors.callable(carried));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a Runnable throws no checked exception", e);
            }
        });
    }

    // The threads belong to the host and end with it.

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
