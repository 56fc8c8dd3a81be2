package dev.belfry.host.http;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Executor for the asynchronous work of requests. Each task runs under the permit of the request that submits it. */
final class BulkheadExecutor extends AbstractExecutorService {

    private final ExecutorService threads;
    private final Bulkhead bulkhead;

    BulkheadExecutor(ExecutorService threads, Bulkhead bulkhead) {
        this.threads = threads;
        this.bulkhead = bulkhead;
    }

    @Override
    public void execute(Runnable task) {
        BulkheadPermit permit =
                BulkheadPermit.CURRENT.isBound() ? BulkheadPermit.CURRENT.get().share() : bulkhead.enter();
        threads.execute(() -> {
            try {
                bulkhead.run(permit, Executors.callable(task));
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
