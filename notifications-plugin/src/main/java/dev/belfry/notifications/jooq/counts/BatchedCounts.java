package dev.belfry.notifications.jooq.counts;

import dev.belfry.notifications.batch.RequestBatcher;
import dev.belfry.notifications.batch.RequestBatcher.Request;
import dev.belfry.notifications.jooq.transaction.QueueTimeout;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the counts of concurrent requests in one statement, each recipient once: polling clients request nothing else, and a
 * statement costs more than a row. A result is never older than its request, because a queued request joins a statement that
 * has not begun yet.
 */
public final class BatchedCounts {

    /** Two: the database works on one while the other is prepared or read, and a slow one does not stop all requests. */
    private static final int MAX_RUNNING = 2;

    private record CountsRequest(Recipient recipient, Scope scope) {}

    private final CounterQueries counters;
    private final BulkCounts bulkCounts;
    private final RequestBatcher<CountsRequest, InboxCounts> batcher;

    public BatchedCounts(CounterQueries counters, BulkCounts bulkCounts) {
        this.counters = counters;
        this.bulkCounts = bulkCounts;
        this.batcher = new RequestBatcher<>(MAX_RUNNING, QueueTimeout::after, this::read);
    }

    public InboxCounts counts(Recipient recipient, Scope scope) {
        return batcher.submit(new CountsRequest(recipient, scope));
    }

    private void read(List<Request<CountsRequest, InboxCounts>> batch) {
        Map<Scope, Map<Recipient, List<Request<CountsRequest, InboxCounts>>>> byScope = batch.stream()
                .collect(Collectors.groupingBy(
                        request -> request.input().scope(),
                        Collectors.groupingBy(request -> request.input().recipient())));
        byScope.forEach((scope, byRecipient) -> read(scope, List.copyOf(byRecipient.entrySet())));
    }

    private void read(Scope scope, List<Map.Entry<Recipient, List<Request<CountsRequest, InboxCounts>>>> byRecipient) {
        List<Recipient> recipients = byRecipient.stream().map(Map.Entry::getKey).toList();
        List<InboxCounts> found = recipients.size() == 1
                ? List.of(counters.counts(recipients.getFirst(), scope))
                : bulkCounts.of(recipients, scope);
        for (int i = 0; i < found.size(); i++) {
            InboxCounts counts = found.get(i);
            byRecipient.get(i).getValue().forEach(request -> request.complete(counts));
        }
    }
}
