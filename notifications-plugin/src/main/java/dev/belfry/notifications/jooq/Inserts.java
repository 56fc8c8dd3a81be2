package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.insertInto;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.InsertReturningStep;
import org.jooq.InsertSetMoreStep;
import org.jooq.InsertSetStep;
import org.jooq.Record;

/** Rows of notifications, of those whom they name, and of what they change in the tallies. */
final class Inserts {

    private static final int ROWS_AT_ONCE = 500;

    private Inserts() {}

    /** The position of one of them is taken: whatever was inserted has to be undone. */
    static final class PositionTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PositionTaken() {
            super("a position is taken", null, false, false);
        }
    }

    /** @throws PositionTaken when others have one of the positions, or two of them the same */
    static void insert(DSLContext inside, List<StoredRow> rows) {
        record Named(String user, long position) {}
        List<Named> named = new ArrayList<>();
        Deltas deltas = new Deltas();
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<StoredRow> part = rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size()));
            if (inside.execute(notifications(part)) < part.size()) {
                throw new PositionTaken();
            }
        }
        for (StoredRow row : rows) {
            deltas.sent(row.audience(), 1);
            for (UserRef user : row.users()) {
                named.add(new Named(user.value(), row.position()));
                deltas.named(user.value(), row.audience(), 1);
            }
        }
        for (int from = 0; from < named.size(); from += ROWS_AT_ONCE) {
            var insert = inside.insertInto(ADDRESSEE, ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ);
            for (Named one : named.subList(from, Math.min(from + ROWS_AT_ONCE, named.size()))) {
                insert = insert.values(one.user(), one.position(), 0);
            }
            insert.execute();
        }
        deltas.write(inside);
    }

    /** At least one. */
    static InsertReturningStep<Record> notifications(List<StoredRow> rows) {
        InsertSetStep<Record> insert = insertInto(NOTIFICATION);
        InsertSetMoreStep<Record> values = values(insert, rows.getFirst());
        for (StoredRow row : rows.subList(1, rows.size())) {
            values = values(values.newRecord(), row);
        }
        return values.onConflict(NOTIFICATION.POS).doNothing();
    }

    private static InsertSetMoreStep<Record> values(InsertSetStep<Record> insert, StoredRow row) {
        Content content = row.notification().content();
        return insert.set(NOTIFICATION.POS, row.position())
                .set(NOTIFICATION.ID, row.notification().id().toString())
                .set(NOTIFICATION.AUDIENCE, row.audience())
                .set(NOTIFICATION.ORIGIN, content.origin())
                .set(NOTIFICATION.TITLE, content.title())
                .set(NOTIFICATION.MESSAGE, content.message())
                .set(NOTIFICATION.TOPIC, content.topic())
                .set(NOTIFICATION.ACTIONS, ActionsColumn.write(content.actions()))
                .set(NOTIFICATION.FOLDED, Folding.fold(content.title(), content.message()));
    }
}
