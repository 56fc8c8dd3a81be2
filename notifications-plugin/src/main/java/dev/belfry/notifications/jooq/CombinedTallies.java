package dev.belfry.notifications.jooq;

import dev.belfry.notifications.jooq.Combiner.Request;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fetches together the tallies that are asked for at the same time, each of them once: whoever polls asks for nothing else, and
 * a statement costs more than a row. What is fetched is never older than the question, for who queues is taken along by a
 * statement that has yet to begin.
 */
final class CombinedTallies {

    /** While one statement is made up or read out, the database works at the other; and a slow one does not hold up everybody. */
    private static final int AT_A_TIME = 2;

    private record Question(Recipient recipient, Scope scope) {}

    private final Templates reads;
    private final Tallies tallies;
    private final ManyTallies manyTallies;
    private final Combiner<Question, Tally> callers;

    CombinedTallies(Templates reads, Tallies tallies, ManyTallies manyTallies) {
        this.reads = reads;
        this.tallies = tallies;
        this.manyTallies = manyTallies;
        this.callers = new Combiner<>(AT_A_TIME, this::look);
    }

    Tally tally(Recipient recipient, Scope scope) {
        return callers.ask(new Question(recipient, scope));
    }

    private void look(List<Request<Question, Tally>> together) {
        Map<Scope, Map<Recipient, List<Request<Question, Tally>>>> asked = together.stream()
                .collect(Collectors.groupingBy(
                        request -> request.question().scope(),
                        Collectors.groupingBy(request -> request.question().recipient())));
        asked.forEach((scope, askers) -> look(scope, List.copyOf(askers.entrySet())));
    }

    /** @param askers the requests of each recipient */
    private void look(Scope scope, List<Map.Entry<Recipient, List<Request<Question, Tally>>>> askers) {
        List<Recipient> recipients = askers.stream().map(Map.Entry::getKey).toList();
        List<Tally> found = recipients.size() == 1
                ? List.of(tallies.tally(reads, recipients.getFirst(), scope))
                : manyTallies.of(recipients, scope);
        for (int i = 0; i < found.size(); i++) {
            Tally tally = found.get(i);
            askers.get(i).getValue().forEach(request -> request.answer(tally));
        }
    }
}
