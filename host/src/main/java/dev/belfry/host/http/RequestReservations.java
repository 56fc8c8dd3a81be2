package dev.belfry.host.http;

import dev.belfry.host.limit.ClientBudget;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The reservations that one request has in the shared client budgets. They are released when the request completes. */
final class RequestReservations {

    private final ClientBudgets budgets;
    private final Supplier<String> caller;
    private final AtomicBoolean placed = new AtomicBoolean();
    private final ConcurrentLinkedQueue<ClientBudget.Reservation> reservations = new ConcurrentLinkedQueue<>();

    /** @param caller whose budget is used; called once the caller is known */
    RequestReservations(ClientBudgets budgets, Supplier<String> caller) {
        this.budgets = budgets;
        this.caller = caller;
    }

    ClientBudget.Reservation body() {
        return reserve(budgets.bodies());
    }

    ClientBudget.Reservation largeAnswer() {
        return reserve(budgets.answers());
    }

    /**
     * Reserves one of the places for asynchronous requests.
     *
     * @throws dev.belfry.api.web.ApiError 429 or 503 when the caller, or all callers together, are at the limit
     */
    void takePlace() {
        if (placed.compareAndSet(false, true)) {
            reserve(budgets.waits()).add(1);
        }
    }

    /**
     * Reserves one of the places for event streams, which also takes one for asynchronous requests.
     *
     * @throws dev.belfry.api.web.ApiError as {@link #takePlace}
     */
    void takeStream() {
        takePlace();
        reserve(budgets.streams()).add(1);
    }

    private ClientBudget.Reservation reserve(ClientBudget budget) {
        ClientBudget.Reservation reservation = budget.of(caller.get());
        reservations.add(reservation);
        return reservation;
    }

    /** Releases everything; may be called again. */
    void release() {
        for (ClientBudget.Reservation reservation = reservations.poll();
                reservation != null;
                reservation = reservations.poll()) {
            reservation.close();
        }
    }
}
