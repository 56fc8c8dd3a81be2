package dev.belfry.notifications.jooq;

import dev.belfry.notifications.jooq.RequestBatcher.Request;
import dev.belfry.notifications.jooq.Inserts.DuplicateSortKey;
import java.util.List;
import org.jooq.exception.DataAccessException;

/** Stores single notifications: those of many senders together, since a statement and a commit cost more than a row. */
final class BatchingInserts {

    private final Flavour flavour;
    private final RequestBatcher<StoredRow, Boolean> senders;

    BatchingInserts(Flavour flavour) {
        this.flavour = flavour;
        this.senders = new RequestBatcher<>(flavour.inserters(), this::store);
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
        } catch (DuplicateSortKey e) {
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
        } catch (DuplicateSortKey e) {
            request.answer(false);
        } catch (DataAccessException e) {
            request.fail(e);
        }
    }
}
