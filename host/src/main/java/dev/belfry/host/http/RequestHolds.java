package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What one request holds of the budgets that clients share, until it is over. */
final class RequestHolds {

    private final ClientBudgets budgets;
    private final Supplier<String> caller;
    private final AtomicBoolean placed = new AtomicBoolean();
    private final ConcurrentLinkedQueue<ClientBudget.Hold> holds = new ConcurrentLinkedQueue<>();

    /** @param caller who is counted; asked once the caller is known */
    RequestHolds(ClientBudgets budgets, Supplier<String> caller) {
        this.budgets = budgets;
        this.caller = caller;
    }

    ClientBudget.Hold body() {
        return hold(budgets.bodies());
    }

    ClientBudget.Hold largeAnswer() {
        return hold(budgets.answers());
    }

    /**
     * Takes the place that a request needs which outlives its handler.
     *
     * @throws dev.belfry.api.web.ApiError 429 or 503 when the caller, or all callers together, have as many as they may
     */
    void takePlace() {
        if (placed.compareAndSet(false, true)) {
            hold(budgets.waits()).add(1);
        }
    }

    private ClientBudget.Hold hold(ClientBudget budget) {
        ClientBudget.Hold hold = budget.of(caller.get());
        holds.add(hold);
        return hold;
    }

    /** Gives everything back; may be called again. */
    void release() {
        for (ClientBudget.Hold hold = holds.poll(); hold != null; hold = holds.poll()) {
            hold.close();
        }
    }
}
