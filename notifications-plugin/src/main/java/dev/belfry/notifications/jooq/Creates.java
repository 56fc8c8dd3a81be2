package dev.belfry.notifications.jooq;

import dev.belfry.notifications.jooq.Combiner.Request;
import dev.belfry.notifications.jooq.Inserts.PositionTaken;
import java.util.List;
import org.jooq.exception.DataAccessException;

/** Stores single notifications: those of many senders together, since a statement and a commit cost more than a row. */
final class Creates {

    private final Flavour flavour;
    private final Combiner<StoredRow, Boolean> senders;

    Creates(Flavour flavour) {
        this.flavour = flavour;
        this.senders = new Combiner<>(flavour.inserters(), this::store);
    }

    /**
     * It is stored for good when this returns.
     *
     * @return false when its position is taken, and nothing was stored
     */
    boolean store(StoredRow row) {
        return senders.ask(row);
    }

    private void store(List<Request<StoredRow, Boolean>> together) {
        if (together.size() == 1 || !areStored(together)) {
            together.forEach(this::storeAlone);
        }
    }

    /** @return false when none is, and the fault may be that of one */
    private boolean areStored(List<Request<StoredRow, Boolean>> together) {
        try {
            flavour.insert(together.stream().map(Request::question).toList());
        } catch (PositionTaken e) {
            return false;
        } catch (DataAccessException e) {
            if (flavour.mayBeOfOneRow(e)) {
                return false;
            }
            throw e;
        }
        together.forEach(request -> request.answer(true));
        return true;
    }

    private void storeAlone(Request<StoredRow, Boolean> request) {
        try {
            flavour.insert(List.of(request.question()));
            request.answer(true);
        } catch (PositionTaken e) {
            request.answer(false);
        } catch (DataAccessException e) {
            request.fail(e);
        }
    }
}
