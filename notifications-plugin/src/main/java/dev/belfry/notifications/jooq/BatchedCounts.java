package dev.belfry.notifications.jooq;

import dev.belfry.notifications.jooq.RequestBatcher.Request;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.InboxCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fetches together the tallies that are asked for at the same time, each of them once: whoever polls asks for nothing else, and
 * a statement costs more than a row. What is fetched is never older than the question, for who queues is taken along by a
 * statement that has yet to begin.
 */
final class BatchedCounts {

    /** While one statement is made up or read out, the database works at the other; and a slow one does not hold up everybody. */
    private static final int AT_A_TIME = 2;

    private record Question(Recipient recipient, Scope scope) {}

    private final StatementCache reads;
    private final CounterTable bulkCounts;
    private final BulkCounts manyTallies;
    private final RequestBatcher<Question, InboxCounts> callers;

    BatchedCounts(StatementCache reads, CounterTable bulkCounts, BulkCounts manyTallies) {
        this.reads = reads;
        this.bulkCounts = bulkCounts;
        this.manyTallies = manyTallies;
        this.callers = new RequestBatcher<>(AT_A_TIME, this::look);
    }

    InboxCounts counts(Recipient recipient, Scope scope) {
        return callers.ask(new Question(recipient, scope));
    }

    private void look(List<Request<Question, InboxCounts>> together) {
        Map<Scope, Map<Recipient, List<Request<Question, InboxCounts>>>> asked = together.stream()
                .collect(Collectors.groupingBy(
                        request -> request.question().scope(),
                        Collectors.groupingBy(request -> request.question().recipient())));
        asked.forEach((scope, askers) -> look(scope, List.copyOf(askers.entrySet())));
    }

    /** @param askers the requests of each recipient */
    private void look(Scope scope, List<Map.Entry<Recipient, List<Request<Question, InboxCounts>>>> askers) {
        List<Recipient> recipients = askers.stream().map(Map.Entry::getKey).toList();
        List<InboxCounts> found = recipients.size() == 1
                ? List.of(bulkCounts.counts(reads, recipients.getFirst(), scope))
                : manyTallies.of(recipients, scope);
        for (int i = 0; i < found.size(); i++) {
            InboxCounts counts = found.get(i);
            askers.get(i).getValue().forEach(request -> request.answer(counts));
        }
    }
}
